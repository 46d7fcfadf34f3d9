//! The sign of a box: a drawing of 20 by 20 pixels for each category, of our own.

use crate::kind::Category;

/// The path of a category's sign.
pub(super) fn path(category: Category) -> &'static str {
    match category {
        Category::Compute => {
            "M4 4h12v12H4zM8 8h4v4H8zM7 1v3M13 1v3M7 16v3M13 16v3M1 7h3M1 13h3M16 7h3M16 13h3"
        }
        Category::Data => {
            "M3 5a7 2.5 0 1 0 14 0a7 2.5 0 1 0-14 0v10a7 2.5 0 0 0 14 0V5M3 10a7 2.5 0 0 0 14 0"
        }
        Category::Edge => "M2 10h5M7 10l9-6M7 10h10M7 10l9 6M5 10a2 2 0 1 0 4 0a2 2 0 1 0-4 0",
        Category::Network => "M10 3v5M10 8H4v4M10 8h6v4M8 1h4v3H8zM2 12h4v4H2zM14 12h4v4h-4z",
        Category::Identity => "M7 6a3 3 0 1 0 6 0a3 3 0 1 0-6 0M3 18c0-5 3-7 7-7s7 2 7 7z",
        Category::Secret => "M5 9h10v8H5zM7 9V6a3 3 0 0 1 6 0v3M10 12v2",
        Category::Messaging => "M2 5h16v10H2zM2 5l8 6l8-6",
        Category::Observability => "M2 17h16M3 13l4-5l4 3l6-8",
        Category::Outside => {
            "M2 10a8 8 0 1 0 16 0a8 8 0 1 0-16 0M2 10h16M10 2c-5 5-5 11 0 16M10 2c5 5 5 11 0 16"
        }
        Category::Other => "M10 2l7 4v8l-7 4l-7-4V6zM3 6l7 4l7-4M10 10v8",
    }
}

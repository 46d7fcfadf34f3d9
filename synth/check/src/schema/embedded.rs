//! The image that this program carries; `examples/image.rs` writes it, and a test holds it to the schema.

use std::borrow::Cow;

use super::Image;

/// The provider in the image.
pub const SOURCE: &str = "hashicorp/aws";

/// The provider's version.
pub const VERSION: &str = "5.100.0";

static BYTES: &[u8] = include_bytes!("../../schemas/embedded.image");

pub(super) fn image() -> Image {
    Image::open(Cow::Borrowed(BYTES))
}

//! Objects, whose members have types of their own.

/// An object of values that may be shown, each of its own type.
///
/// ```
/// use synth_core::{Any, Ref, Value, functions, object};
///
/// # fn of(bucket: Ref<String>) {
/// let policy: Value<String> = functions::jsonencode(object! {
///     "Version" => "2012-10-17",
///     "Statement" => [object! { "Effect" => "Allow", "Action" => "s3:GetObject", "Resource" => bucket }],
/// });
/// # }
/// ```
#[macro_export]
macro_rules! object {
    ($($key:expr => $value:expr),* $(,)?) => {
        $crate::Value::<$crate::Any>::of($crate::Term::Object(
            ::std::vec![$(($key.into(), $crate::functions::AnyValue::into_any($value))),*]
        ))
    };
}

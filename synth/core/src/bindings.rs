//! The parts that generated builders, handles and objects have in common, so that generated files hold little
//! else than the provider's own names.

/// Declares the builder and the handle of a resource, data source or ephemeral resource.
#[doc(hidden)]
#[macro_export]
macro_rules! element {
    ($(#[$doc:meta])* $name:ident, $handle:ident: $kind:ident $type_name:literal ($($state:ident $required:ident),*)) => {
        $(#[$doc])*
        #[must_use = "a builder does nothing until it is added"]
        pub struct $name<$($state = $crate::Yes),*>($crate::Draft, ::core::marker::PhantomData<($($state,)*)>);

        impl $name<$($crate::No<required::$required>),*> {
            /// Without any argument yet.
            #[inline]
            #[allow(clippy::new_without_default, reason = "a default would lack required arguments")]
            pub fn new() -> Self {
                let draft = $crate::Draft::new($crate::ElementKind::$kind, $type_name, &PROVIDER);
                $name(draft, ::core::marker::PhantomData)
            }
        }

        $crate::element! { @added $name, $handle: $type_name ($($state $required),*) }
    };
    (@added $name:ident, $handle:ident: $type_name:literal ($($state:ident $required:ident),*)) => {
        impl<$($state: $crate::IsSet<required::$required>),*> $crate::Construct for $name<$($state),*> {
            type Handle = $handle;
            #[inline]
            fn build(self, place: $crate::Place<'_, '_>) -> $handle {
                $handle(place.draft(self.0))
            }
        }

        impl<$($state),*> $crate::MetaArguments for $name<$($state),*> {
            #[inline]
            fn draft_mut(&mut self) -> &mut $crate::Draft {
                &mut self.0
            }
        }

        #[doc = concat!("`", $type_name, "` in a stack.")]
        #[derive(Clone, Copy)]
        pub struct $handle($crate::NodeId);

        impl $crate::Handle for $handle {
            const KIND: &'static str = $type_name;
            #[inline]
            fn node(self) -> $crate::NodeId {
                self.0
            }
        }
    };
}

/// Declares the builder and the handle of a module's call.
#[doc(hidden)]
#[macro_export]
macro_rules! module {
    ($(#[$doc:meta])* $name:ident, $handle:ident: $source:literal [$($version:literal)?] ($($state:ident $required:ident),*)) => {
        $(#[$doc])*
        #[must_use = "a builder does nothing until it is added"]
        pub struct $name<$($state = $crate::Yes),*>($crate::Draft, ::core::marker::PhantomData<($($state,)*)>);

        impl $name<$($crate::No<required::$required>),*> {
            /// Without any input yet.
            #[allow(clippy::new_without_default, reason = "a default would lack required inputs")]
            pub fn new() -> Self {
                let module = $crate::Module::new($source)$(.version($version))?;
                $name(module.into(), ::core::marker::PhantomData)
            }
        }

        impl<$($state),*> $name<$($state),*> {
            /// Has the module use a provider configuration under one of its own names ("Passing Providers Explicitly").
            pub fn provider_as(
                mut self,
                name: impl ::core::convert::Into<$crate::Text>,
                provider: $crate::ProviderHandle,
            ) -> Self {
                self.0.pass_provider(name, provider);
                self
            }
        }

        $crate::element! { @added $name, $handle: "module" ($($state $required),*) }
    };
}

/// Declares the builder of a nested block; or, with `=> object`, of an object with `null` for each name in
/// brackets that is not set.
#[doc(hidden)]
#[macro_export]
macro_rules! block {
    ($(#[$doc:meta])* $name:ident ($($state:ident $required:ident),*)) => {
        $crate::block! { @builder $(#[$doc])* $name ($($state $required),*) }

        impl<$($state: $crate::IsSet<required::$required>),*> $crate::Nested for $name<$($state),*> {
            #[inline]
            fn into_body(self) -> $crate::Body {
                self.0
            }
        }
    };
    ($name:ident ($($state:ident $required:ident),*) => $object:ident [$($filled:literal),*]) => {
        $crate::block! { @builder $name ($($state $required),*) }

        impl<$($state: $crate::IsSet<required::$required>),*> From<$name<$($state),*>> for $crate::Value<$object> {
            #[inline]
            fn from(object: $name<$($state),*>) -> $crate::Value<$object> {
                $crate::Value::of(object.0.filled(&[$($filled),*]))
            }
        }
    };
    (@builder $(#[$doc:meta])* $name:ident ($($state:ident $required:ident),*)) => {
        $(#[$doc])*
        #[must_use = "a builder does nothing until it is used"]
        pub struct $name<$($state = $crate::Yes),*>($crate::Body, ::core::marker::PhantomData<($($state,)*)>);

        impl $name<$($crate::No<required::$required>),*> {
            /// Without any argument yet.
            #[inline]
            #[allow(clippy::new_without_default, reason = "a default would lack required arguments")]
            pub fn new() -> Self {
                $name($crate::Body::new(), ::core::marker::PhantomData)
            }
        }

        impl<$($state),*> $name<$($state),*> {
            /// Sets an argument that the bindings do not know, or sets one to a value of another type.
            #[inline]
            pub fn argument(
                mut self,
                name: impl ::core::convert::Into<::std::borrow::Cow<'static, str>>,
                value: impl ::core::convert::Into<$crate::Term>,
            ) -> Self {
                self.0.set(name, value);
                self
            }
        }
    };
}

/// Declares a reference to an object.
#[doc(hidden)]
#[macro_export]
macro_rules! reference {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name($crate::Object);

        impl $crate::Typed for $name {
            type Reference = $name;
            #[inline]
            fn refer(expression: $crate::Expression) -> $name {
                $name($crate::Object::of(expression))
            }
        }

        impl $crate::functions::Flat for $name {
            type Leaf = $name;
        }

        impl $crate::TypedObject for $name {
            #[inline]
            fn into_object(self) -> $crate::Object {
                self.0
            }
        }
    };
}

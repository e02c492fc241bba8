//! How the struct of a component is declared.

/// Gives a struct what every component's options have. With the feature `fixtures`, which only tests turn on,
/// options can be read from the examples of govuk-frontend; an option that the struct lacks is refused.
macro_rules! options {
    ($($item:item)*) => { $(
        #[derive(Clone, Debug, Default)]
        #[cfg_attr(
            feature = "fixtures",
            derive(serde::Deserialize),
            serde(default, deny_unknown_fields, rename_all = "camelCase")
        )]
        $item
    )* };
}

/// Marks components as HTML, so that `{{ component }}` is written as it is. True of every struct whose template
/// is HTML, since askama escapes the texts inside.
macro_rules! is_html {
    ($($component:ty),*) => { $(
        impl askama::filters::HtmlSafe for $component {}
        impl $crate::components::Component for $component {}
    )* };
}

//! The user's language.

use replycode::{Catalog, Lang};

/// The locale of the user: the environment's, as POSIX has it (category of messages); else what the system tells.
pub(crate) fn of_user() -> Option<String> {
    let variables = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(std::env::var_os);
    match variables.map(|value| value.to_string_lossy().into_owned()).find(|value| !value.is_empty()) {
        Some(locale) => Some(locale),
        // On Unix that would be the environment once more, in another order.
        None if cfg!(unix) && !cfg!(target_vendor = "apple") => None,
        None => sys_locale::get_locale(),
    }
}

/// The catalogue's language for a locale such as `ja_JP.UTF-8` or `ja-JP`; else its first one.
pub(crate) fn lang(catalog: &Catalog, locale: Option<&str>) -> Lang {
    let tag = locale.and_then(|locale| locale.split(['_', '-', '.', '@']).next()).unwrap_or_default();
    catalog.lang(&tag.to_ascii_lowercase()).unwrap_or(Lang::EN)
}

#[cfg(test)]
mod tests {
    use replycode::{CATALOG, Lang};

    #[test]
    fn a_locale_names_a_language() {
        for (locale, lang) in [
            (Some("ja_JP.UTF-8"), Lang::JA),
            (Some("ja"), Lang::JA),
            (Some("JA-jp"), Lang::JA),
            (Some("ja.eucJP"), Lang::JA),
            (Some("en_GB.UTF-8"), Lang::EN),
            (Some("C"), Lang::EN),
            (Some("jam_JM"), Lang::EN),
            (Some("POSIX"), Lang::EN),
            (None, Lang::EN),
        ] {
            assert_eq!(super::lang(&CATALOG, locale), lang, "{locale:?}");
        }
    }
}

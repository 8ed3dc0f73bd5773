//! The pattern language: what is read, what is refused and where, what can never match.

use formats::stix::pattern::{Observation, Qualifier, parse, remarks};
use proptest::prelude::*;

#[test]
fn every_construct_of_the_language_is_read_and_printed_back() {
    for text in [
        "[file:hashes.'SHA-256' = 'aec070645fe53ee3b3763059376134f058cc337247c978add178b6ccdfb0019f']",
        "[email-message:from_ref.value MATCHES '.+\\\\@example\\\\.com$' AND email-message:body_multipart[*].body_raw_ref.name MATCHES '^Final Report.+\\\\.exe$']",
        "[file:hashes.MD5 = '79054025255fb1a26e4bc422aef54eb4'] FOLLOWEDBY [windows-registry-key:key = 'HKEY_LOCAL_MACHINE\\\\foo\\\\bar'] WITHIN 300 SECONDS",
        "[user-account:account_type = 'unix' AND user-account:user_id = '1007'] START t'2016-05-01T00:00:00Z' STOP t'2016-06-01T00:00:00.5Z'",
        "([ipv4-addr:value = '198.51.100.1'] AND [ipv4-addr:value ISSUBSET '198.51.100.0/24']) REPEATS 5 TIMES WITHIN 1800 SECONDS",
        "[network-traffic:dst_port IN (80, 443, 8080) AND NOT EXISTS network-traffic:src_port]",
        "[a:b NOT = 1 OR a:b NOT IN ('x') OR a:b >= -2 OR a:b < +1.5 OR a:b <> true]",
        "[artifact:payload_bin = b'VGVzdA==' OR file:magic_number_hex = h'ffd8' OR file:ctime > t'2020-02-30T23:59:60Z']",
        "[x-acme-thing:'odd key'.list[0].last[-1] LIKE 'a%_\\'']",
        "[a:b = 1] /* comment */ OR [a:b = 2] // to the end",
        "[(a:b = 1 OR a:c = 2) AND a:d = 3] AND ([b:c = 1] OR [b:d = 2] FOLLOWEDBY [c:d = 1])",
        "[a:b IN ()]",
        "  [a:b\u{a0}=\u{2003}1]\n",
    ] {
        let first = parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let printed = first.to_string();
        let second = parse(&printed).unwrap_or_else(|error| panic!("{printed}: {error}"));
        assert_eq!(first, second, "{printed}");
    }
}

#[test]
fn precedence_is_that_of_the_standard() {
    let pattern =
        parse("[a:b = 1] FOLLOWEDBY [a:b = 2] OR [a:b = 3] AND [a:b = 4] WITHIN 5 SECONDS").unwrap();
    let Observation::FollowedBy(parts) = pattern.root else { panic!("FOLLOWEDBY binds least") };
    let Observation::Or(parts) = &parts[1] else { panic!("then OR") };
    let Observation::And(parts) = &parts[1] else { panic!("then AND") };
    let Observation::Qualified(_, qualifiers) = &parts[1] else { panic!("a qualifier binds most") };
    assert_eq!(qualifiers, &[Qualifier::Within(5.0)]);
}

#[test]
fn what_is_refused_says_where_and_what_to_do() {
    for (text, offset, words) in [
        ("", 0, "expected [ or ("),
        ("[a:b = 1", 8, "expected AND, OR or ]"),
        ("[a:b = 1] and [a:b = 2]", 10, "expected AND, OR, FOLLOWEDBY"),
        ("[file:hashes.SHA-256 = 'a']", 13, "must be quoted"),
        ("[file:name = \"a\"]", 13, "no meaning"),
        ("[file:name = 'a\\n']", 15, "double the backslash"),
        ("[file:name = 'a]", 13, "not closed"),
        ("[file:name > true]", 13, "can be ordered"),
        ("[a:b = 1] WITHIN 5 SECONDS WITHIN 6 SECONDS", 27, "at most one qualifier"),
        ("[a:b = 1] START '2016-05-01T00:00:00Z' STOP t'2016-06-01T00:00:00Z'", 16, "a timestamp"),
        ("[a:b = t'2016-13-01T00:00:00Z']", 7, "timestamp literal"),
        ("[a:b = h'abc']", 7, "hex"),
        ("[a:b = 99999999999999999999]", 7, "number"),
        ("[NOT a:b = 1]", 5, "EXISTS"),
        ("[a = 1]", 3, "colon"),
        ("[a:b LIKE 5]", 10, "a string"),
        ("[a:b = 1] REPEATS -1 TIMES", 18, "whole number"),
        ("[a:b[x] = 1]", 5, "an index or *"),
    ] {
        let error = parse(text).expect_err(text);
        assert_eq!(error.offset, offset, "{text}: {error}");
        assert!(error.to_string().contains(words), "{text}: {error}");
    }
}

#[test]
fn depth_and_length_are_bounded() {
    let deep = format!("{}[a:b = 1]{}", "(".repeat(10_000), ")".repeat(10_000));
    assert!(parse(&deep).expect_err("deep").to_string().contains("64 levels"));
    assert!(parse(&"(".repeat(1 << 20)).expect_err("long").to_string().contains("262144"));
    assert!(parse(&format!("[{}]", vec!["a:b = 1"; 5000].join(" OR "))).is_ok());
}

#[test]
fn patterns_that_can_never_match_are_remarked() {
    let codes =
        |text: &str| remarks(&parse(text).unwrap()).iter().map(|remark| remark.code()).collect::<Vec<_>>();
    assert_eq!(
        codes("[domain-name:value = 'h' AND network-traffic:dst_port = 8443]"),
        ["pattern-never-matches"]
    );
    assert_eq!(codes("[(a:b = 1 OR c:d = 1) AND c:e = 2]"), Vec::<&str>::new());
    assert_eq!(codes("[a:b.type = 'x' AND a:b.type = 'y']"), ["pattern-never-matches"]);
    assert_eq!(codes("[a:b[*] = 'x' AND a:b[*] = 'y']"), Vec::<&str>::new());
    assert_eq!(codes("[network-traffic:dst_port = '8443']"), ["pattern-quoted-number"]);
    assert_eq!(codes("[a:b IN ()]"), ["pattern-never-matches"]);
    assert_eq!(codes("[a:b = 1] REPEATS 0 TIMES"), ["pattern-zero-qualifier"]);
    let back = "[a:b = 1] START t'2020-01-02T00:00:00Z' STOP t'2020-01-01T00:00:00Z'";
    assert_eq!(codes(back), ["pattern-never-matches"]);
}

#[test]
fn values_for_search_are_extracted() {
    let pattern = parse("[file:hashes.'SHA-256' = 'ab' OR file:name IN ('x','y') OR file:size != 3] AND [ipv4-addr:value = '198.51.100.1']").unwrap();
    let found: Vec<String> = pattern
        .matches()
        .into_iter()
        .map(|found| format!("{}:{}={}", found.object_type, found.path, found.value))
        .collect();
    assert_eq!(
        found,
        ["file:hashes.'SHA-256'=ab", "file:name=x", "file:name=y", "ipv4-addr:value=198.51.100.1"]
    );
}

fn constant() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<i64>().prop_map(|number| number.to_string()),
        (-1.0e6..1.0e6f64).prop_map(|number| format!("{number:.3}")),
        "[a-zé%_ ]{0,8}".prop_map(|text| format!("'{text}'")),
        Just("'it\\'s \\\\ here'".to_owned()),
        Just("true".to_owned()),
        Just("t'2020-01-01T00:00:00.5Z'".to_owned()),
        Just("h'00ff'".to_owned()),
        Just("b'VGVzdA=='".to_owned()),
    ]
}

fn comparison() -> impl Strategy<Value = String> {
    let path = prop_oneof![
        Just("file:name"),
        Just("file:hashes.'SHA-256'"),
        Just("x-a:b[*].c[0]"),
        Just("a:'AND'.'x y'"),
    ];
    let test = (path, any::<bool>(), constant(), 0..3u8).prop_map(|(path, not, constant, kind)| {
        let not = if not { "NOT " } else { "" };
        match kind {
            0 => format!("{path} {not}= {constant}"),
            1 => format!("{path} {not}IN ({constant}, 1)"),
            _ => format!("{not}EXISTS {path}"),
        }
    });
    test.prop_recursive(3, 12, 3, |inner| {
        (prop::collection::vec(inner, 1..4), any::<bool>())
            .prop_map(|(parts, and)| format!("({})", parts.join(if and { " AND " } else { " OR " })))
    })
}

fn observation() -> impl Strategy<Value = String> {
    let single = comparison().prop_map(|comparison| format!("[{comparison}]"));
    single.prop_recursive(3, 8, 3, |inner| {
        (prop::collection::vec(inner, 1..3), 0..3u8, 0..4u8)
            .prop_map(|(parts, joiner, qualifier)| {
                let joiner = [" AND ", " OR ", " FOLLOWEDBY "][usize::from(joiner)];
                let qualifiers =
                    ["", " WITHIN 1.5 SECONDS", " REPEATS 2 TIMES", " REPEATS 2 TIMES WITHIN 3 SECONDS"];
                format!("({}){}", parts.join(joiner), qualifiers[usize::from(qualifier)])
            })
            .boxed()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_pattern_printed_and_read_again_is_the_same(text in observation()) {
        let first = parse(&text).map_err(|error| TestCaseError::fail(format!("{text}: {error}")))?;
        let printed = first.to_string();
        let second = parse(&printed).map_err(|error| TestCaseError::fail(format!("{printed}: {error}")))?;
        prop_assert_eq!(&first, &second);
        let _ = (remarks(&first), first.matches());
    }

    #[test]
    fn any_text_is_survived(text in "[\\[\\]()a-z:.'= ANDORTthb0-9*,\\\\/é-]{0,60}") {
        let _ = parse(&text);
    }
}

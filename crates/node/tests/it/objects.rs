//! STIX objects for stories.

/// An indicator with its own id and, where given, a TLP marking of STIX 2.1.
pub fn indicator(n: u32, tlp: Option<&str>) -> String {
    let marking =
        tlp.map_or_else(String::new, |tlp| format!(",\"object_marking_refs\":[\"{}\"]", definition(tlp)));
    format!(
        "{{\"type\":\"indicator\",\"spec_version\":\"2.1\",\"id\":\"indicator--00000000-0000-4000-8000-{n:012}\",\
         \"created\":\"2026-11-01T00:00:00.000Z\",\"modified\":\"2026-11-01T00:00:00.000Z\",\
         \"pattern\":\"[ipv4-addr:value = '198.51.100.{}']\",\"pattern_type\":\"stix\",\
         \"valid_from\":\"2026-11-01T00:00:00Z\"{marking}}}",
        n % 250
    )
}

fn definition(tlp: &str) -> String {
    let tlp: model::Tlp = tlp.parse().expect("a marking");
    formats::stix::id_of_tlp(tlp).to_string()
}

/// Objects, one a line.
pub fn lines(objects: &[String]) -> String {
    objects.join("\n") + "\n"
}

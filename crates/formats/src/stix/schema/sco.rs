//! Cyber-observable objects (§6).

use super::kind::{Kind, Property, Rule, Shape, Targets, opt, req};
use super::part::{COUNT, INT, MIME_PART, REGISTRY_VALUE, SCO_CORE, TEXTS, X509_V3};
use super::vocab;

const ANY_REFS: Kind = Kind::List(&Kind::Ref(&Targets::ANY));
const ARTIFACT: Kind = Kind::Ref(&Targets::only(&["artifact"]));
const EMAIL_ADDR: Kind = Kind::Ref(&Targets::only(&["email-addr"]));
const EMAIL_ADDRS: Kind = Kind::List(&Kind::Ref(&Targets::only(&["email-addr"])));
const USER: Kind = Kind::Ref(&Targets::only(&["user-account"]));
const MACS: Kind = Kind::List(&Kind::Ref(&Targets::only(&["mac-addr"])));
const ASES: Kind = Kind::List(&Kind::Ref(&Targets::only(&["autonomous-system"])));
const HOST: Kind = Kind::Ref(&Targets::only(&["ipv4-addr", "ipv6-addr", "mac-addr", "domain-name"]));
const TRAFFIC: Targets = Targets::only(&["network-traffic"]);
const PORT: Kind = Kind::Int(0, 65_535);

const fn sco(
    name: &'static str,
    clause: &'static str,
    own: &'static [Property],
    rules: &'static [Rule],
) -> Shape {
    Shape { name, clause, common: SCO_CORE, own, rules }
}

pub(crate) static CUSTOM: Shape = sco("custom object", "§3.2", &[], &[]);

static ARTIFACT_OBJECT: Shape = sco(
    "artifact",
    "§6.1.1",
    &[
        opt("mime_type", Kind::Text),
        opt("payload_bin", Kind::Binary),
        opt("url", Kind::Url),
        opt("hashes", Kind::Hashes),
        opt("encryption_algorithm", Kind::Closed(&vocab::ENCRYPTION_ALGORITHM)),
        opt("decryption_key", Kind::Text),
    ],
    &[
        Rule::OneOf(&["payload_bin", "url"]),
        Rule::Needs("url", "hashes"),
        Rule::Needs("decryption_key", "encryption_algorithm"),
    ],
);

static AUTONOMOUS_SYSTEM: Shape = sco(
    "autonomous-system",
    "§6.2.1",
    &[req("number", COUNT), opt("name", Kind::Text), opt("rir", Kind::Text)],
    &[],
);

static DIRECTORY: Shape = sco(
    "directory",
    "§6.3.1",
    &[
        req("path", Kind::Text),
        opt("path_enc", Kind::Text),
        opt("ctime", Kind::Time),
        opt("mtime", Kind::Time),
        opt("atime", Kind::Time),
        opt("contains_refs", Kind::List(&Kind::Ref(&Targets::only(&["file", "directory"])))),
    ],
    &[],
);

static DOMAIN_NAME: Shape = sco(
    "domain-name",
    "§6.4.1",
    &[
        req("value", Kind::Domain),
        opt(
            "resolves_to_refs",
            Kind::List(&Kind::Ref(&Targets::only(&["ipv4-addr", "ipv6-addr", "domain-name"]))),
        ),
    ],
    &[],
);

static EMAIL_ADDRESS: Shape = sco(
    "email-addr",
    "§6.5.1",
    &[req("value", Kind::Email), opt("display_name", Kind::Text), opt("belongs_to_ref", USER)],
    &[],
);

static EMAIL_MESSAGE: Shape = sco(
    "email-message",
    "§6.6.1",
    &[
        req("is_multipart", Kind::Bool),
        opt("date", Kind::Time),
        opt("content_type", Kind::Text),
        opt("from_ref", EMAIL_ADDR),
        opt("sender_ref", EMAIL_ADDR),
        opt("to_refs", EMAIL_ADDRS),
        opt("cc_refs", EMAIL_ADDRS),
        opt("bcc_refs", EMAIL_ADDRS),
        opt("message_id", Kind::Text),
        opt("subject", Kind::Text),
        opt("received_lines", TEXTS),
        opt("additional_header_fields", Kind::Dict(&Kind::Any)),
        opt("body", Kind::Text),
        opt("body_multipart", Kind::List(&Kind::Object(&MIME_PART))),
        opt("raw_email_ref", ARTIFACT),
    ],
    &[
        Rule::FlagForbids("is_multipart", true, "body"),
        Rule::FlagForbids("is_multipart", false, "body_multipart"),
    ],
);

static FILE: Shape = sco(
    "file",
    "§6.7.1",
    &[
        opt("hashes", Kind::Hashes),
        opt("size", COUNT),
        opt("name", Kind::Text),
        opt("name_enc", Kind::Text),
        opt("magic_number_hex", Kind::Hex),
        opt("mime_type", Kind::Text),
        opt("ctime", Kind::Time),
        opt("mtime", Kind::Time),
        opt("atime", Kind::Time),
        opt("parent_directory_ref", Kind::Ref(&Targets::only(&["directory"]))),
        opt("contains_refs", ANY_REFS),
        opt("content_ref", ARTIFACT),
    ],
    &[Rule::AnyOf(&["hashes", "name"]), Rule::Needs("name_enc", "name")],
);

static IPV4_ADDR: Shape = sco(
    "ipv4-addr",
    "§6.8.1",
    &[req("value", Kind::Ipv4), opt("resolves_to_refs", MACS), opt("belongs_to_refs", ASES)],
    &[],
);

static IPV6_ADDR: Shape = sco(
    "ipv6-addr",
    "§6.9.1",
    &[req("value", Kind::Ipv6), opt("resolves_to_refs", MACS), opt("belongs_to_refs", ASES)],
    &[],
);

static MAC_ADDR: Shape = sco("mac-addr", "§6.10.1", &[req("value", Kind::Mac)], &[]);

static MUTEX: Shape = sco("mutex", "§6.11.1", &[req("name", Kind::Text)], &[]);

static NETWORK_TRAFFIC: Shape = sco(
    "network-traffic",
    "§6.12.1",
    &[
        opt("start", Kind::Time),
        opt("end", Kind::Time),
        opt("is_active", Kind::Bool),
        opt("src_ref", HOST),
        opt("dst_ref", HOST),
        opt("src_port", PORT),
        opt("dst_port", PORT),
        req("protocols", TEXTS),
        opt("src_byte_count", COUNT),
        opt("dst_byte_count", COUNT),
        opt("src_packets", COUNT),
        opt("dst_packets", COUNT),
        opt("ipfix", Kind::Dict(&Kind::Any)),
        opt("src_payload_ref", ARTIFACT),
        opt("dst_payload_ref", ARTIFACT),
        opt("encapsulates_refs", Kind::List(&Kind::Ref(&TRAFFIC))),
        opt("encapsulated_by_ref", Kind::Ref(&TRAFFIC)),
    ],
    &[
        Rule::AnyOf(&["src_ref", "dst_ref"]),
        Rule::FlagForbids("is_active", true, "end"),
        Rule::NotBefore("end", "start"),
    ],
);

static PROCESS: Shape = sco(
    "process",
    "§6.13.1",
    &[
        opt("is_hidden", Kind::Bool),
        opt("pid", INT),
        opt("created_time", Kind::Time),
        opt("cwd", Kind::Text),
        opt("command_line", Kind::Text),
        opt("environment_variables", Kind::Dict(&Kind::Text)),
        opt("opened_connection_refs", Kind::List(&Kind::Ref(&TRAFFIC))),
        opt("creator_user_ref", USER),
        opt("image_ref", Kind::Ref(&Targets::only(&["file"]))),
        opt("parent_ref", Kind::Ref(&Targets::only(&["process"]))),
        opt("child_refs", Kind::List(&Kind::Ref(&Targets::only(&["process"])))),
    ],
    &[Rule::AnyOf(&[
        "extensions",
        "is_hidden",
        "pid",
        "created_time",
        "cwd",
        "command_line",
        "environment_variables",
        "opened_connection_refs",
        "creator_user_ref",
        "image_ref",
        "parent_ref",
        "child_refs",
    ])],
);

static SOFTWARE: Shape = sco(
    "software",
    "§6.14.1",
    &[
        req("name", Kind::Text),
        opt("cpe", Kind::Cpe),
        opt("swid", Kind::Text),
        opt("languages", Kind::List(&Kind::Lang)),
        opt("vendor", Kind::Text),
        opt("version", Kind::Text),
    ],
    &[],
);

static URL: Shape = sco("url", "§6.15.1", &[req("value", Kind::Url)], &[]);

static USER_ACCOUNT: Shape = sco(
    "user-account",
    "§6.16.1",
    &[
        opt("user_id", Kind::Text),
        opt("credential", Kind::Text),
        opt("account_login", Kind::Text),
        opt("account_type", Kind::Open(&vocab::ACCOUNT_TYPE)),
        opt("display_name", Kind::Text),
        opt("is_service_account", Kind::Bool),
        opt("is_privileged", Kind::Bool),
        opt("can_escalate_privs", Kind::Bool),
        opt("is_disabled", Kind::Bool),
        opt("account_created", Kind::Time),
        opt("account_expires", Kind::Time),
        opt("credential_last_changed", Kind::Time),
        opt("account_first_login", Kind::Time),
        opt("account_last_login", Kind::Time),
    ],
    &[Rule::AnyOf(&[
        "extensions",
        "user_id",
        "credential",
        "account_login",
        "account_type",
        "display_name",
        "is_service_account",
        "is_privileged",
        "can_escalate_privs",
        "is_disabled",
        "account_created",
        "account_expires",
        "credential_last_changed",
        "account_first_login",
        "account_last_login",
    ])],
);

static WINDOWS_REGISTRY_KEY: Shape = sco(
    "windows-registry-key",
    "§6.17.1",
    &[
        opt("key", Kind::RegistryKey),
        opt("values", Kind::List(&Kind::Object(&REGISTRY_VALUE))),
        opt("modified_time", Kind::Time),
        opt("creator_user_ref", USER),
        opt("number_of_subkeys", COUNT),
    ],
    &[Rule::AnyOf(&["key", "values", "modified_time", "creator_user_ref", "number_of_subkeys"])],
);

static X509_CERTIFICATE: Shape = sco(
    "x509-certificate",
    "§6.18.1",
    &[
        opt("is_self_signed", Kind::Bool),
        opt("hashes", Kind::Hashes),
        opt("version", Kind::Text),
        opt("serial_number", Kind::Text),
        opt("signature_algorithm", Kind::Text),
        opt("issuer", Kind::Text),
        opt("validity_not_before", Kind::Time),
        opt("validity_not_after", Kind::Time),
        opt("subject", Kind::Text),
        opt("subject_public_key_algorithm", Kind::Text),
        opt("subject_public_key_modulus", Kind::Text),
        opt("subject_public_key_exponent", INT),
        opt("x509_v3_extensions", Kind::Object(&X509_V3)),
    ],
    &[Rule::AnyOf(&[
        "is_self_signed",
        "hashes",
        "version",
        "serial_number",
        "signature_algorithm",
        "issuer",
        "validity_not_before",
        "validity_not_after",
        "subject",
        "subject_public_key_algorithm",
        "subject_public_key_modulus",
        "subject_public_key_exponent",
        "x509_v3_extensions",
    ])],
);

/// The shape of a cyber-observable object.
pub(crate) fn shape(object_type: &str) -> Option<&'static Shape> {
    Some(match object_type {
        "artifact" => &ARTIFACT_OBJECT,
        "autonomous-system" => &AUTONOMOUS_SYSTEM,
        "directory" => &DIRECTORY,
        "domain-name" => &DOMAIN_NAME,
        "email-addr" => &EMAIL_ADDRESS,
        "email-message" => &EMAIL_MESSAGE,
        "file" => &FILE,
        "ipv4-addr" => &IPV4_ADDR,
        "ipv6-addr" => &IPV6_ADDR,
        "mac-addr" => &MAC_ADDR,
        "mutex" => &MUTEX,
        "network-traffic" => &NETWORK_TRAFFIC,
        "process" => &PROCESS,
        "software" => &SOFTWARE,
        "url" => &URL,
        "user-account" => &USER_ACCOUNT,
        "windows-registry-key" => &WINDOWS_REGISTRY_KEY,
        "x509-certificate" => &X509_CERTIFICATE,
        _ => return None,
    })
}

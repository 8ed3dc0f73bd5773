//! Extensions that the standard itself defines for observables (§3.10), and the incident core
//! extension of the OASIS common objects, which is a draft and is only recognised.

use super::kind::{Kind, Rule, Shape, Targets, opt, req};
use super::part::{COUNT, INT, TEXTS};
use super::vocab;

static ARCHIVE: Shape = Shape::part(
    "archive-ext",
    "§6.7.2",
    &[
        req("contains_refs", Kind::List(&Kind::Ref(&Targets::only(&["file", "directory"])))),
        opt("comment", Kind::Text),
    ],
    &[],
);

static ALTERNATE_DATA_STREAM: Shape = Shape::part(
    "alternate-data-stream-type",
    "§6.7.3",
    &[req("name", Kind::Text), opt("hashes", Kind::Hashes), opt("size", COUNT)],
    &[],
);

static NTFS: Shape = Shape::part(
    "ntfs-ext",
    "§6.7.3",
    &[
        opt("sid", Kind::Text),
        opt("alternate_data_streams", Kind::List(&Kind::Object(&ALTERNATE_DATA_STREAM))),
    ],
    &[Rule::AnyOf(&["sid", "alternate_data_streams"])],
);

static PDF: Shape = Shape::part(
    "pdf-ext",
    "§6.7.4",
    &[
        opt("version", Kind::Text),
        opt("is_optimized", Kind::Bool),
        opt("document_info_dict", Kind::Dict(&Kind::Any)),
        opt("pdfid0", Kind::Text),
        opt("pdfid1", Kind::Text),
    ],
    &[Rule::AnyOf(&["version", "is_optimized", "document_info_dict", "pdfid0", "pdfid1"])],
);

static RASTER_IMAGE: Shape = Shape::part(
    "raster-image-ext",
    "§6.7.5",
    &[
        opt("image_height", INT),
        opt("image_width", INT),
        opt("bits_per_pixel", INT),
        opt("exif_tags", Kind::Dict(&Kind::Any)),
    ],
    &[Rule::AnyOf(&["image_height", "image_width", "bits_per_pixel", "exif_tags"])],
);

static PE_OPTIONAL_HEADER: Shape = Shape::part(
    "windows-pe-optional-header-type",
    "§6.7.6",
    &[
        opt("magic_hex", Kind::Hex),
        opt("major_linker_version", INT),
        opt("minor_linker_version", INT),
        opt("size_of_code", COUNT),
        opt("size_of_initialized_data", COUNT),
        opt("size_of_uninitialized_data", COUNT),
        opt("address_of_entry_point", INT),
        opt("base_of_code", INT),
        opt("base_of_data", INT),
        opt("image_base", INT),
        opt("section_alignment", INT),
        opt("file_alignment", INT),
        opt("major_os_version", INT),
        opt("minor_os_version", INT),
        opt("major_image_version", INT),
        opt("minor_image_version", INT),
        opt("major_subsystem_version", INT),
        opt("minor_subsystem_version", INT),
        opt("win32_version_value_hex", Kind::Hex),
        opt("size_of_image", COUNT),
        opt("size_of_headers", COUNT),
        opt("checksum_hex", Kind::Hex),
        opt("subsystem_hex", Kind::Hex),
        opt("dll_characteristics_hex", Kind::Hex),
        opt("size_of_stack_reserve", COUNT),
        opt("size_of_stack_commit", COUNT),
        opt("size_of_heap_reserve", COUNT),
        opt("size_of_heap_commit", COUNT),
        opt("loader_flags_hex", Kind::Hex),
        opt("number_of_rva_and_sizes", INT),
        opt("hashes", Kind::Hashes),
    ],
    &[],
);

static PE_SECTION: Shape = Shape::part(
    "windows-pe-section-type",
    "§6.7.6",
    &[
        req("name", Kind::Text),
        opt("size", COUNT),
        opt("entropy", Kind::Float(f64::MIN, f64::MAX)),
        opt("hashes", Kind::Hashes),
    ],
    &[],
);

static PE_BINARY: Shape = Shape::part(
    "windows-pebinary-ext",
    "§6.7.6",
    &[
        req("pe_type", Kind::Open(&vocab::WINDOWS_PEBINARY_TYPE)),
        opt("imphash", Kind::Text),
        opt("machine_hex", Kind::Hex),
        opt("number_of_sections", COUNT),
        opt("time_date_stamp", Kind::WholeTime),
        opt("pointer_to_symbol_table_hex", Kind::Hex),
        opt("number_of_symbols", COUNT),
        opt("size_of_optional_header", COUNT),
        opt("characteristics_hex", Kind::Hex),
        opt("file_header_hashes", Kind::Hashes),
        opt("optional_header", Kind::Object(&PE_OPTIONAL_HEADER)),
        opt("sections", Kind::List(&Kind::Object(&PE_SECTION))),
    ],
    &[],
);

static HTTP_REQUEST: Shape = Shape::part(
    "http-request-ext",
    "§6.12.2",
    &[
        req("request_method", Kind::Text),
        req("request_value", Kind::Text),
        opt("request_version", Kind::Text),
        opt("request_header", Kind::Dict(&TEXTS)),
        opt("message_body_length", INT),
        opt("message_body_data_ref", Kind::Ref(&Targets::only(&["artifact"]))),
    ],
    &[],
);

static ICMP: Shape = Shape::part(
    "icmp-ext",
    "§6.12.3",
    &[req("icmp_type_hex", Kind::Hex), req("icmp_code_hex", Kind::Hex)],
    &[],
);

static SOCKET: Shape = Shape::part(
    "socket-ext",
    "§6.12.4",
    &[
        req("address_family", Kind::Closed(&vocab::NETWORK_SOCKET_ADDRESS_FAMILY)),
        opt("is_blocking", Kind::Bool),
        opt("is_listening", Kind::Bool),
        opt("options", Kind::Dict(&INT)),
        opt("socket_type", Kind::Closed(&vocab::NETWORK_SOCKET_TYPE)),
        opt("socket_descriptor", COUNT),
        opt("socket_handle", INT),
    ],
    &[],
);

static TCP: Shape = Shape::part(
    "tcp-ext",
    "§6.12.5",
    &[opt("src_flags_hex", Kind::Hex), opt("dst_flags_hex", Kind::Hex)],
    &[Rule::AnyOf(&["src_flags_hex", "dst_flags_hex"])],
);

static WINDOWS_PROCESS: Shape = Shape::part(
    "windows-process-ext",
    "§6.13.2",
    &[
        opt("aslr_enabled", Kind::Bool),
        opt("dep_enabled", Kind::Bool),
        opt("priority", Kind::Text),
        opt("owner_sid", Kind::Text),
        opt("window_title", Kind::Text),
        opt("startup_info", Kind::Dict(&Kind::Any)),
        opt("integrity_level", Kind::Closed(&vocab::WINDOWS_INTEGRITY_LEVEL)),
    ],
    &[],
);

static WINDOWS_SERVICE: Shape = Shape::part(
    "windows-service-ext",
    "§6.13.3",
    &[
        opt("service_name", Kind::Text),
        opt("descriptions", TEXTS),
        opt("display_name", Kind::Text),
        opt("group_name", Kind::Text),
        opt("start_type", Kind::Closed(&vocab::WINDOWS_SERVICE_START_TYPE)),
        opt("service_dll_refs", Kind::List(&Kind::Ref(&Targets::only(&["file"])))),
        opt("service_type", Kind::Closed(&vocab::WINDOWS_SERVICE_TYPE)),
        opt("service_status", Kind::Closed(&vocab::WINDOWS_SERVICE_STATUS)),
    ],
    &[],
);

static UNIX_ACCOUNT: Shape = Shape::part(
    "unix-account-ext",
    "§6.16.2",
    &[opt("gid", INT), opt("groups", TEXTS), opt("home_dir", Kind::Text), opt("shell", Kind::Text)],
    &[],
);

/// Incident core, version 2 (draft of October 2023); both properties are required by it.
static INCIDENT_CORE: Shape = Shape::part(
    "incident core extension",
    "§7.3",
    &[
        opt("extension_type", Kind::Closed(&vocab::EXTENSION_TYPE)),
        req("determination", Kind::Text),
        req("investigation_status", Kind::Text),
    ],
    &[],
);

/// The shape of an extension under its key in `extensions`.
pub(crate) fn predefined_extension(key: &str) -> Option<&'static Shape> {
    Some(match key {
        "archive-ext" => &ARCHIVE,
        "ntfs-ext" => &NTFS,
        "pdf-ext" => &PDF,
        "raster-image-ext" => &RASTER_IMAGE,
        "windows-pebinary-ext" => &PE_BINARY,
        "http-request-ext" => &HTTP_REQUEST,
        "icmp-ext" => &ICMP,
        "socket-ext" => &SOCKET,
        "tcp-ext" => &TCP,
        "windows-process-ext" => &WINDOWS_PROCESS,
        "windows-service-ext" => &WINDOWS_SERVICE,
        "unix-account-ext" => &UNIX_ACCOUNT,
        "extension-definition--ef765651-680c-498d-9894-99799f2fa126" => &INCIDENT_CORE,
        _ => return None,
    })
}

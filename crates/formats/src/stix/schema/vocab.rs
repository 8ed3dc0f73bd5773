//! Vocabularies and enumerations of STIX 2.1 §10 (errata 01): open ones may be exceeded, closed ones not.

use super::kind::Vocab;

/// `account-type-ov`.
pub(crate) const ACCOUNT_TYPE: Vocab = Vocab {
    name: "account-type-ov",
    clause: "§10.1",
    words: &[
        "facebook",
        "ldap",
        "nis",
        "openid",
        "radius",
        "skype",
        "tacacs",
        "twitter",
        "unix",
        "windows-local",
        "windows-domain",
    ],
};

/// `attack-motivation-ov`.
pub(crate) const ATTACK_MOTIVATION: Vocab = Vocab {
    name: "attack-motivation-ov",
    clause: "§10.2",
    words: &[
        "accidental",
        "coercion",
        "dominance",
        "ideology",
        "notoriety",
        "organizational-gain",
        "personal-gain",
        "personal-satisfaction",
        "revenge",
        "unpredictable",
    ],
};

/// `attack-resource-level-ov`.
pub(crate) const ATTACK_RESOURCE_LEVEL: Vocab = Vocab {
    name: "attack-resource-level-ov",
    clause: "§10.3",
    words: &["individual", "club", "contest", "team", "organization", "government"],
};

/// `encryption-algorithm-enum`.
pub(crate) const ENCRYPTION_ALGORITHM: Vocab = Vocab {
    name: "encryption-algorithm-enum",
    clause: "§10.4",
    words: &["AES-256-GCM", "ChaCha20-Poly1305", "mime-type-indicated"],
};

/// `extension-type-enum`.
pub(crate) const EXTENSION_TYPE: Vocab = Vocab {
    name: "extension-type-enum",
    clause: "§10.5",
    words: &["new-sdo", "new-sco", "new-sro", "property-extension", "toplevel-property-extension"],
};

/// `grouping-context-ov`.
pub(crate) const GROUPING_CONTEXT: Vocab = Vocab {
    name: "grouping-context-ov",
    clause: "§10.6",
    words: &["suspicious-activity", "malware-analysis", "unspecified"],
};

/// `identity-class-ov`.
pub(crate) const IDENTITY_CLASS: Vocab = Vocab {
    name: "identity-class-ov",
    clause: "§10.8",
    words: &["individual", "group", "system", "organization", "class", "unknown"],
};

/// `implementation-language-ov`.
pub(crate) const IMPLEMENTATION_LANGUAGE: Vocab = Vocab {
    name: "implementation-language-ov",
    clause: "§10.9",
    words: &[
        "applescript",
        "bash",
        "c",
        "c++",
        "c#",
        "go",
        "java",
        "javascript",
        "lua",
        "objective-c",
        "perl",
        "php",
        "powershell",
        "python",
        "ruby",
        "rust",
        "scala",
        "swift",
        "typescript",
        "visual-basic",
        "x86-32",
        "x86-64",
    ],
};

/// `indicator-type-ov`.
pub(crate) const INDICATOR_TYPE: Vocab = Vocab {
    name: "indicator-type-ov",
    clause: "§10.10",
    words: &[
        "anomalous-activity",
        "anonymization",
        "benign",
        "compromised",
        "malicious-activity",
        "attribution",
        "unknown",
    ],
};

/// `industry-sector-ov`.
pub(crate) const INDUSTRY_SECTOR: Vocab = Vocab {
    name: "industry-sector-ov",
    clause: "§10.11",
    words: &[
        "agriculture",
        "aerospace",
        "automotive",
        "chemical",
        "commercial",
        "communications",
        "construction",
        "defense",
        "education",
        "energy",
        "entertainment",
        "financial-services",
        "government",
        "emergency-services",
        "government-local",
        "government-national",
        "government-public-services",
        "government-regional",
        "healthcare",
        "hospitality-leisure",
        "infrastructure",
        "dams",
        "nuclear",
        "water",
        "insurance",
        "legal",
        "manufacturing",
        "mining",
        "non-profit",
        "pharmaceuticals",
        "retail",
        "technology",
        "telecommunications",
        "transportation",
        "utilities",
    ],
};

/// `infrastructure-type-ov`.
pub(crate) const INFRASTRUCTURE_TYPE: Vocab = Vocab {
    name: "infrastructure-type-ov",
    clause: "§10.12",
    words: &[
        "amplification",
        "anonymization",
        "botnet",
        "command-and-control",
        "control-system",
        "exfiltration",
        "firewall",
        "hosting-malware",
        "hosting-target-lists",
        "phishing",
        "reconnaissance",
        "routers-switches",
        "staging",
        "workstation",
        "unknown",
    ],
};

/// `malware-capabilities-ov`.
pub(crate) const MALWARE_CAPABILITIES: Vocab = Vocab {
    name: "malware-capabilities-ov",
    clause: "§10.13",
    words: &[
        "accesses-remote-machines",
        "anti-debugging",
        "anti-disassembly",
        "anti-emulation",
        "anti-memory-forensics",
        "anti-sandbox",
        "anti-vm",
        "captures-input-peripherals",
        "captures-output-peripherals",
        "captures-system-state-data",
        "cleans-traces-of-infection",
        "commits-fraud",
        "communicates-with-c2",
        "compromises-data-availability",
        "compromises-data-integrity",
        "compromises-system-availability",
        "controls-local-machine",
        "degrades-security-software",
        "degrades-system-updates",
        "determines-c2-server",
        "emails-spam",
        "escalates-privileges",
        "evades-av",
        "exfiltrates-data",
        "fingerprints-host",
        "hides-artifacts",
        "hides-executing-code",
        "infects-files",
        "infects-remote-machines",
        "installs-other-components",
        "persists-after-system-reboot",
        "prevents-artifact-access",
        "prevents-artifact-deletion",
        "probes-network-environment",
        "self-modifies",
        "steals-authentication-credentials",
        "violates-system-operational-integrity",
    ],
};

/// `malware-result-ov`.
pub(crate) const MALWARE_RESULT: Vocab = Vocab {
    name: "malware-result-ov",
    clause: "§10.14",
    words: &["malicious", "suspicious", "benign", "unknown"],
};

/// `malware-type-ov`.
pub(crate) const MALWARE_TYPE: Vocab = Vocab {
    name: "malware-type-ov",
    clause: "§10.15",
    words: &[
        "adware",
        "backdoor",
        "bot",
        "bootkit",
        "ddos",
        "downloader",
        "dropper",
        "exploit-kit",
        "keylogger",
        "ransomware",
        "remote-access-trojan",
        "resource-exploitation",
        "rogue-security-software",
        "rootkit",
        "screen-capture",
        "spyware",
        "trojan",
        "unknown",
        "virus",
        "webshell",
        "wiper",
        "worm",
    ],
};

/// `network-socket-address-family-enum`.
pub(crate) const NETWORK_SOCKET_ADDRESS_FAMILY: Vocab = Vocab {
    name: "network-socket-address-family-enum",
    clause: "§10.16",
    words: &["AF_UNSPEC", "AF_INET", "AF_IPX", "AF_APPLETALK", "AF_NETBIOS", "AF_INET6", "AF_IRDA", "AF_BTH"],
};

/// `network-socket-type-enum`.
pub(crate) const NETWORK_SOCKET_TYPE: Vocab = Vocab {
    name: "network-socket-type-enum",
    clause: "§10.17",
    words: &["SOCK_STREAM", "AF_ISOCK_DGRAMNET", "SOCK_RAW", "SOCK_RDM", "SOCK_SEQPACKET"],
};

/// `opinion-enum`.
pub(crate) const OPINION: Vocab = Vocab {
    name: "opinion-enum",
    clause: "§10.18",
    words: &["strongly-disagree", "disagree", "neutral", "agree", "strongly-agree"],
};

/// `pattern-type-ov`.
pub(crate) const PATTERN_TYPE: Vocab = Vocab {
    name: "pattern-type-ov",
    clause: "§10.19",
    words: &["stix", "pcre", "sigma", "snort", "suricata", "yara"],
};

/// `processor-architecture-ov`.
pub(crate) const PROCESSOR_ARCHITECTURE: Vocab = Vocab {
    name: "processor-architecture-ov",
    clause: "§10.20",
    words: &["alpha", "arm", "ia-64", "mips", "powerpc", "sparc", "x86", "x86-64"],
};

/// `region-ov`.
pub(crate) const REGION: Vocab = Vocab {
    name: "region-ov",
    clause: "§10.21",
    words: &[
        "africa",
        "eastern-africa",
        "middle-africa",
        "northern-africa",
        "southern-africa",
        "western-africa",
        "americas",
        "caribbean",
        "central-america",
        "latin-america-caribbean",
        "northern-america",
        "south-america",
        "asia",
        "central-asia",
        "eastern-asia",
        "southern-asia",
        "south-eastern-asia",
        "western-asia",
        "europe",
        "eastern-europe",
        "northern-europe",
        "southern-europe",
        "western-europe",
        "oceania",
        "antarctica",
        "australia-new-zealand",
        "melanesia",
        "micronesia",
        "polynesia",
    ],
};

/// `report-type-ov`.
pub(crate) const REPORT_TYPE: Vocab = Vocab {
    name: "report-type-ov",
    clause: "§10.22",
    words: &[
        "attack-pattern",
        "campaign",
        "identity",
        "incident",
        "indicator",
        "intrusion-set",
        "malware",
        "observed-data",
        "threat-actor",
        "threat-report",
        "tool",
        "vulnerability",
    ],
};

/// `threat-actor-type-ov`.
pub(crate) const THREAT_ACTOR_TYPE: Vocab = Vocab {
    name: "threat-actor-type-ov",
    clause: "§10.23",
    words: &[
        "activist",
        "competitor",
        "crime-syndicate",
        "criminal",
        "hacker",
        "insider-accidental",
        "insider-disgruntled",
        "nation-state",
        "private-sector",
        "sensationalist",
        "spy",
        "terrorist",
        "unknown",
    ],
};

/// `threat-actor-role-ov`.
pub(crate) const THREAT_ACTOR_ROLE: Vocab = Vocab {
    name: "threat-actor-role-ov",
    clause: "§10.24",
    words: &[
        "agent",
        "director",
        "independent",
        "infrastructure-architect",
        "infrastructure-operator",
        "malware-author",
        "sponsor",
    ],
};

/// `threat-actor-sophistication-ov`.
pub(crate) const THREAT_ACTOR_SOPHISTICATION: Vocab = Vocab {
    name: "threat-actor-sophistication-ov",
    clause: "§10.25",
    words: &["none", "minimal", "intermediate", "advanced", "expert", "innovator", "strategic"],
};

/// `tool-type-ov`.
pub(crate) const TOOL_TYPE: Vocab = Vocab {
    name: "tool-type-ov",
    clause: "§10.26",
    words: &[
        "denial-of-service",
        "exploitation",
        "information-gathering",
        "network-capture",
        "credential-exploitation",
        "remote-access",
        "vulnerability-scanning",
        "unknown",
    ],
};

/// `windows-integrity-level-enum`.
pub(crate) const WINDOWS_INTEGRITY_LEVEL: Vocab = Vocab {
    name: "windows-integrity-level-enum",
    clause: "§10.27",
    words: &["low", "medium", "high", "system"],
};

/// `windows-pebinary-type-ov`.
pub(crate) const WINDOWS_PEBINARY_TYPE: Vocab =
    Vocab { name: "windows-pebinary-type-ov", clause: "§10.28", words: &["dll", "exe", "sys"] };

/// `windows-registry-datatype-enum`.
pub(crate) const WINDOWS_REGISTRY_DATATYPE: Vocab = Vocab {
    name: "windows-registry-datatype-enum",
    clause: "§10.29",
    words: &[
        "REG_NONE",
        "REG_SZ",
        "REG_EXPAND_SZ",
        "REG_BINARY",
        "REG_DWORD",
        "REG_DWORD_BIG_ENDIAN",
        "REG_DWORD_LITTLE_ENDIAN",
        "REG_LINK",
        "REG_MULTI_SZ",
        "REG_RESOURCE_LIST",
        "REG_FULL_RESOURCE_DESCRIPTION",
        "REG_RESOURCE_REQUIREMENTS_LIST",
        "REG_QWORD",
        "REG_INVALID_TYPE",
    ],
};

/// `windows-service-start-type-enum`.
pub(crate) const WINDOWS_SERVICE_START_TYPE: Vocab = Vocab {
    name: "windows-service-start-type-enum",
    clause: "§10.30",
    words: &[
        "SERVICE_AUTO_START",
        "SERVICE_BOOT_START",
        "SERVICE_DEMAND_START",
        "SERVICE_DISABLED",
        "SERVICE_SYSTEM_ALERT",
    ],
};

/// `windows-service-type-enum`.
pub(crate) const WINDOWS_SERVICE_TYPE: Vocab = Vocab {
    name: "windows-service-type-enum",
    clause: "§10.31",
    words: &[
        "SERVICE_KERNEL_DRIVER",
        "SERVICE_FILE_SYSTEM_DRIVER",
        "SERVICE_WIN32_OWN_PROCESS",
        "SERVICE_WIN32_SHARE_PROCESS",
    ],
};

/// `windows-service-status-enum`.
pub(crate) const WINDOWS_SERVICE_STATUS: Vocab = Vocab {
    name: "windows-service-status-enum",
    clause: "§10.32",
    words: &[
        "SERVICE_CONTINUE_PENDING",
        "SERVICE_PAUSE_PENDING",
        "SERVICE_PAUSED",
        "SERVICE_RUNNING",
        "SERVICE_START_PENDING",
        "SERVICE_STOP_PENDING",
        "SERVICE_STOPPED",
    ],
};

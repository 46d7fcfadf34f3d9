//! The forms of secrets among the arguments of programs, and in the files that programs read them from.

use super::Kind;
use super::forms::{Form, form};

const fn command(keywords: &'static str, pattern: &'static str) -> Form {
    form(Kind::Command, "password of a command", keywords, pattern)
}

const fn file(what: &'static str, keywords: &'static str, pattern: &'static str) -> Form {
    form(Kind::CredentialFile, what, keywords, pattern)
}

/// Where two forms find the same characters, the one that comes first says what they are.
pub(super) static PROGRAMS: &[Form] = &[
    // Options of commands, from their manuals: curl(1), wget(1), mysql(1), sshpass(1), redis-cli(1), htpasswd(1),
    // docker login, ldapsearch(1), sqlcmd, openssl-passphrase-options(1), chpasswd(8), passwd(1), rabbitmqctl(8)
    command(
        "curl",
        r#"\bcurl\b[^\n|;&]{0,300}?\s(?:-[a-zA-Z]*u|--user|--proxy-user)[ =]?["']?[^\s:"']+:([^\s"']+)"#,
    ),
    command(
        "mysql,mariadb",
        r#"\b(?:mysql|mysqldump|mysqladmin|mysqlimport|mariadb|mariadb-dump)\b[^\n|;&]{0,200}?\s-p["']?([^\s"';|&]+)"#,
    ),
    // cloudinit.readthedocs.io, "Set passwords"
    command("chpasswd:", r"chpasswd:\s[\s\S]{0,100}?list:\s*\|?[-+]?\s+(?:- )?[^\s:]+:([^\s:]+)"),
    command("mysqladmin", r#"\bmysqladmin\b[^\n|;&]{0,200}?\spassword\s+["']?([^\s"';|&]+)"#),
    command("sshpass", r#"\bsshpass\s+-p\s*(?:"([^"\n]+)"|'([^'\n]+)'|([^\s"']+))"#),
    command("redis-cli", r#"\bredis-cli\b[^\n|;&]{0,200}?\s(?:-a|--pass)[ =]["']?([^\s"']+)"#),
    command(
        "login",
        r#"\b(?:docker|podman|buildah|skopeo|helm\s+registry|oras|az|oc)\s+(?:acr\s+)?login\b[^\n|;&]{0,200}?\s-p[ =]?["']?([^\s"']+)"#,
    ),
    command(
        "mongo",
        r#"\b(?:mongo|mongosh|mongodump|mongorestore|mongoexport|mongoimport)\b[^\n|;&]{0,200}?\s-p[ =]?["']?([^\s"']+)"#,
    ),
    command(
        "htpasswd",
        r#"\bhtpasswd\b[^\n|;&]{0,60}?\s-[a-zA-Z]*b[a-zA-Z]*\s+(?:\S+\s+)?\S+\s+["']?([^\s"']+)"#,
    ),
    command("ldap", r#"\bldap(?:search|modify|add|delete|whoami)\b[^\n|;&]{0,300}?\s-w\s*["']?([^\s"']+)"#),
    command("sqlcmd,bcp", r#"\b(?:sqlcmd|bcp)\b[^\n|;&]{0,300}?\s-P\s*["']?([^\s"']+)"#),
    command(
        "rabbitmqctl",
        r#"\brabbitmqctl\b[^\n|;&]{0,100}?\s(?:add_user|change_password)\s+["']?[^\s"']+["']?\s+["']?([^\s"']+)"#,
    ),
    command("pass:", r#"\s-(?:passin|passout|pass)\s+["']?pass:([^\s"']+)"#),
    command(
        "chpasswd",
        r#"\becho\s+(?:-[a-z]\s+)?["']?[^\s:"']+:([^\s"'|]+)["']?\s*\|\s*(?:sudo\s+)?(?:\S*/)?chpasswd\b"#,
    ),
    command(
        "stdin",
        r#"\b(?:echo|printf)\s+(?:-[a-z]\s+|["']?%s["']?\s+)?["']?([^\s"'|$]+)["']?\s*\|\s*(?:sudo\s+)?[^\n|]{0,80}?--(?:password-)?stdin\b"#,
    ),
    command(
        "aws_secret_access_key,aws_session_token",
        r#"\baws\s+configure\s+set\s+(?:\S*\.)?aws_(?:secret_access_key|session_token)\s+["']?([^\s"']+)"#,
    ),
    // postgresql.org/docs, "CREATE ROLE"; dev.mysql.com/doc, "CREATE USER"; learn.microsoft.com, "CREATE LOGIN"
    form(
        Kind::Command,
        "password in SQL",
        "identified by,identified with,password ',password=',password = ',password n',password=n',password = n'",
        r#"(?i)\b(?:create|alter|set|grant)\b[^;\n]{0,300}?\b(?:identified\s+(?:with\s+\w+\s+)?by|(?:encrypted\s+)?password)\s*=?\s*(?:N?'([^'\n]+)'|\\+"([^"\n\\]+)\\+")"#,
    ),
    // learn.microsoft.com, "net user" and "ConvertTo-SecureString"
    command("net user", r#"(?i)\bnet\s+user\s+[^\s/"']+\s+["']?([^\s/"']+)["']?\s+/add"#),
    command(
        "securestring",
        r#"(?i)ConvertTo-SecureString\s+(?:-String\s+)?(?:"([^"\n$]+)"|'([^'\n]+)')[^\n]{0,60}-AsPlainText"#,
    ),
    // Files with credentials: netrc(5), PostgreSQL's "The Password File", npmrc(5), htpasswd(1), WordPress'
    // "Editing wp-config.php", docker's "Credential stores", NuGet's "nuget.config reference"
    file("password in .netrc", "machine", r#"\bmachine\s+\S+\s+login\s+\S+\s+password\s+([^\s"']+)"#),
    file(
        "password in .pgpass",
        ":5432:,:*:",
        r#"(?m)(?:^|["'\s])(?:[A-Za-z0-9._-]+|\*):(?:5432|\*):[^:\s"']+:[^:\s"']+:([^\s:"']+)(?:["'\s]|$)"#,
    ),
    file(
        "credential in .npmrc",
        "_auth,:_password",
        r#"(?m):?_(?:authToken|auth|password)\s*=\s*["']?([^\s"']+)"#,
    ),
    file(
        "password hash of htpasswd",
        "$apr1$,$2y$,$2a$,$2b$,{sha}",
        r"[A-Za-z0-9._-]+:(\$?\$(?:apr1|2[aby])\$[A-Za-z0-9./$]{20,}|\{SHA\}[A-Za-z0-9+/]{27}=)",
    ),
    // crypt(5)
    file(
        "password hash of crypt",
        "$5$,$6$,$y$,$2a$,$2b$,$2y$",
        r"(\$?\$(?:[56]\$(?:rounds=[0-9]+\$)?[A-Za-z0-9./]{1,16}\$[A-Za-z0-9./]{43,86}|y\$[A-Za-z0-9./]+\$[A-Za-z0-9./]+\$[A-Za-z0-9./]{43}|2[aby]\$[0-9]{2}\$[A-Za-z0-9./]{53}))",
    ),
    file(
        "secret in wp-config.php",
        "define",
        r#"define\(\s*['"](?:DB_PASSWORD|(?:SECURE_AUTH|LOGGED_IN|AUTH|NONCE)_(?:KEY|SALT))['"]\s*,\s*['"]([^'"\n]+)['"]"#,
    ),
    file(
        "credential of a container registry",
        "\"auth\",.auth=",
        r#"(?:"auth"\s*:\s*|\.auth=)"([A-Za-z0-9+/]{8,}={0,2})(?:"|$)"#,
    ),
    file(
        "password in nuget.config",
        "cleartextpassword",
        r#"(?i)key="ClearTextPassword"\s+value="([^"\n]+)""#,
    ),
    // w3.org/TR/xml: an element that is named so, of a `settings.xml` or a `web.config`
    file(
        "secret in XML",
        "password>,passwd>,secret>,token>,apikey>,passphrase>",
        r"(?i)<[a-z0-9_.:-]*(?:password|passwd|secret|token|apikey|passphrase)>([^<>\n]+)</",
    ),
];

/** Messages that no config alone decides, or that the inventory leaves out: each with its reason. */
import type { Message } from './messages.ts';

export interface Scope {
  readonly status: 'environment' | 'out of scope';
  readonly reason: string;
}

interface Pattern extends Scope {
  /** Of `module function`. */
  readonly place?: RegExp;
  readonly message?: RegExp;
}

const environment = (reason: string, place?: RegExp, message?: RegExp): Pattern => ({
  status: 'environment',
  reason,
  ...(place && { place }),
  ...(message && { message }),
});
const outOfScope = (reason: string, place?: RegExp, message?: RegExp): Pattern => ({
  ...environment(reason, place, message),
  status: 'out of scope',
});

/** The first that fits holds. */
const patterns: readonly Pattern[] = [
  outOfScope('a module that the packages do not have', /^(?:mod_privileges|mod_ident|mod_socache_dc|ssl ) /),
  outOfScope(
    'a value that no user sees, not a message',
    /^(?:ssl_engine_vars|h2_c2|md_crypt|md_json|md_store|md_ocsp) /,
  ),
  outOfScope('the text of a directive in another message', /format_authz_command|mod_proxy set_proxy_dirconn/),
  outOfScope('a server that is running already', undefined, /during restart|no listening sockets available/),
  outOfScope(
    'an error of the server itself',
    undefined,
    /INTERNAL ERROR|contents checking error|internally \(server bug\)|can't happen|Bad call to|cannot parse NULL/,
  ),
  outOfScope(
    'another platform or build',
    undefined,
    /not supported (?:on|by) this|Win32|not built with|without (?:TLS|threading)|no threading|nlm|atomics not working|Thread Safe Pollset/,
  ),
  environment(
    'the OpenSSL of the machine',
    undefined,
    /version of OpenSSL|not implemented by the SSL library|with this SSL library|OpenSSL configuration|FIPS|SSLCryptoDevice|SSLOpenSSLConfCmd|SSL_CONF_CTX|compiled against a newer|incompatible OpenSSL|entropy|Crypto Device/,
  ),
  environment(
    'certificates, keys and other files',
    /^(?:ssl_engine_pphrase|ssl_util_stapling|ssl_util_ocsp|ssl_scache|ssl_engine_log|ssl_engine_init|ssl_engine_mutex|ssl_engine_rand) /,
  ),
  environment(
    'files and folders of the machine',
    undefined,
    /maximum include depth|[Ii]nvalid (?:\S+ )*(?:path|directory)\b|does not exist|not a (?:regular file|directory|valid directory)|must be a valid directory|could(?: not|n't) open|[Cc]an't (?:open|read)|[Cc]annot (?:open|access)|unable to (?:stat|open|mmap)|too large to cache|file path|bad (?:path|map)|not found:|No such file|Could not open|Parsed |cache file path|certificate (?:key )?file|JSON|full path to file|Include path|Server root|file not found/,
  ),
  environment(
    'modules of the machine',
    undefined,
    /must be loaded|[Yy]ou must load|need to load|Cannot load |mod_watchdog is required|Can't locate API module|is garbled|built-in and can't|already loaded|driver|is_mod_slotmem_shm|provider 'shm'|mod_ldap missing|requires mod_dbd|require mod_dbd|socache provider|please load|Maybe you need/,
  ),
  environment(
    'names that the machine resolves',
    undefined,
    /resolve|sockaddr|scope ID|Scope ID|set scope|Listen (?:setup|step) failed|get a socket|alloc_listener|duplicate listeners/i,
  ),
  environment(
    'programs, memory, locks and processes of the machine',
    undefined,
    /mutex|shared memory|slotmem|apr_proc_detach|pipe-of-death|[Ff]ailed to (?:create|register|init|load)|[Cc]ould(?: not|n't) (?:create|init|spawn|start|share|enable|find|lookup|set)|Couldn't|[Cc]annot (?:share|init)|[Uu]nable to (?:replace|get|parse exec)|exec |watchdog|can not create|socket|daemon|replace stderr|create \w+ pool|nonce-count|generating secret|crypto|[Uu]nable to (?:init|configure|retrieve|determine|load)|setup |registry|syncing|syslog|Can't change owner|couldn't spawn|error writing/i,
  ),
  outOfScope(
    'the server warns of it and starts',
    undefined,
    /^WARNING|^Warning|enclosed in quotation|overrides already set|is not defined|Useless use|[Ii]gnor|[Dd]iscarding|deprecated|truncating|better prefix|be careful|multiply defined|never used|empty contents|Spurious|undefined$|probably never match|may cause|obsolete and will|decreasing|increasing|redefined|overlap|has been removed|already initialised|was undefined|shared from|non blank|skipping/,
  ),
  outOfScope(
    'known only when the server starts, where other files take part',
    /^(?:mod_md|mod_md_drive|mod_md_ocsp|mod_proxy_balancer|proxy_util|mpm_unix|core core_post_config|request|scoreboard|mod_session_crypto|main|protocol|mod_mime_magic|util_ebcdic|util|mod_remoteip proxylist)\b/,
  ),
  outOfScope(
    'never printed: the number of arguments, or another check, refuses it before',
    undefined,
    /cannot be empty, use Anon|should specify SQL|Filter name not found|mangled argument|cmd= parse|Invalid cmd=|1st argument must be a mime|header name must not be empty|Certificate type was not|empty URL not allowed|values may not be null|name too large|must specify a path|supported only for workers|path is invalid|> is invalid|DocumentRoot must be a directory|requires level keyword|charset alias|charset not found|header value contains|H2EarlyHints = |pattern could not be compiled|takes no arguments|three arguments|Option %s not allowed|not parsable|On, Off, or Optional|SubGroupClass|GroupAttribute directives|Undeclared smart filter|doesn't support (?:Basic|Form)|by any of the loaded|Could not register method|must not exceed %d|cannot compile expression|before end of configuration|doesn't nest|define a slave|directory context|PidFile directive/,
  ),
  outOfScope(
    'the installed release takes the value, or says it in other words',
    undefined,
    /^(?:unknown order|allow and deny must|An IP address was|AuthDigest|Unrecognized qop|Invalid algorithm in AuthDigest|Cache\w+ argument|BufferSize must|LDAPRe\w+ must|Module specifier|SSLRandomSeed: invalid number|Health check uri|Invalid cookie name|Invalid (?:MaxMemFree|ThreadStack)|RemoteIP: Error parsing|Cannot combine ForceLanguage|unknown Worker|Invalid BalancerMember|BalancerMember must define balancer|%s cannot be empty)/,
  ),
  outOfScope(
    'of .htaccess files, and of requests',
    undefined,
    /htaccess|already excluded|excludes all methods|absolute path, %s|wrong server instance|^Unknown directive %s/,
  ),
  environment(
    'libraries that the machine has',
    undefined,
    /linked LDAP library|unsupported default charset|OCSP support disabled|Unknown DAV provider|threading support|resolving backend|Empty passwords|mpm module|serve pages while/,
  ),
  outOfScope('a language of its own', undefined, /sed expression|doesn't support restrictions|at line %d of/),
];

/** Undefined: a config decides it, and the inventory needs one. */
export function scopeOf({ module, function: name, message }: Message): Scope | undefined {
  const place = `${module} ${name}`;
  const found = patterns.find((each) => (each.place?.test(place) ?? true) && (each.message?.test(message) ?? true));
  return found && { status: found.status, reason: found.reason };
}

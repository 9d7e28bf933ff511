/** Programs whose configs look like those of httpd, by directives that httpd never had. Source: the manual page of each. */
const cousins: readonly RegExp[] = [
  // cupsd.conf, cups-files.conf, client.conf
  /^(?:<(?:Policy|DefaultAuthType)\b|(?:Browsing|BrowseLocalProtocols|DefaultAuthType|DefaultEncryption|DefaultShared|SystemGroup|WebInterface|MaxLogSize|JobPrivateAccess|SubscriptionPrivateAccess|PageLogFormat|PreserveJobFiles|AllowAnyRoot|ValidateCerts|SSLOptions\s+(?:AllowRC4|AllowSSL3|DenyCBC|MinTLS|None$)))/im,
  // ssh_config, sshd_config
  /^(?:Host\s+[*\w]|Match\s+(?:User|Group|Host|Address|all)\b|(?:PermitRootLogin|HostKey|AuthorizedKeysFile|PasswordAuthentication|PubkeyAuthentication|HashKnownHosts|SendEnv|AcceptEnv|IdentityFile|StrictHostKeyChecking|KbdInteractiveAuthentication|ChallengeResponseAuthentication|X11Forwarding|ProxyCommand|ProxyJump|ForwardAgent|HostName|GSSAPIAuthentication)\s)/im,
  // proftpd.conf
  /^(?:<(?:Anonymous|Global|Limit\s+(?:LOGIN|STOR|SITE|READ|WRITE|ALL))\b|(?:DefaultServer|ServerIdent|PassivePorts|MasqueradeAddress|AllowOverwrite|DefaultRoot|RequireValidShell|MaxInstances|SystemLog|TransferLog\s+\S+\s*$\n^UseFtpUsers)\s)/im,
  // collectd.conf
  /^(?:<(?:LoadPlugin|Plugin|Chain|Rule|Target|View|Module|Process)\b|(?:LoadPlugin|FQDNLookup|TypesDB|BaseDir|PluginDir)\s)/im,
  // torrc
  /^(?:SocksPort|SOCKSPolicy|HiddenServiceDir|HiddenServicePort|ORPort|ExitPolicy|ControlPort|DirPort|CookieAuthentication)\s/im,
  // clamd.conf, freshclam.conf
  /^(?:LocalSocket|DatabaseDirectory|DatabaseMirror|LogFileMaxSize|LogSyslog|ScanPE|ScanArchive|FixStaleSocket|DatabaseOwner)\s/im,
  // tinyproxy.conf
  /^(?:ViaProxyName|DisableViaHeader|StatHost|XTinyproxy|ConnectPort|DefaultErrorFile|FilterDefaultDeny|FilterURLs|FilterExtended|ReverseOnly|ReverseMagic|ReversePath)\b/im,
  // zabbix, munin, radsecproxy, stunnel and their like write their settings with "=": the marks tell.
];
/** What only httpd has: where a file holds it, names of the others are mistakes in it. */
const own = /^(?:<(?:VirtualHost|IfModule|DirectoryMatch|LocationMatch|FilesMatch)\b|(?:Rewrite|ProxyPass)\w*\s)/im;

/** What only ProFTPD has, whose files hold `<VirtualHost>` and `<IfModule>`, too. */
const ftp =
  /^(?:SFTP[A-Z]\w{1,30}|TLSEngine|TLSRSACertificateFile|DefaultRoot|RequireValidShell|PassivePorts|MasqueradeAddress|AuthPAMConfig|DelayEngine|ServerType|UseFtpUsers|AllowOverwrite|IdentLookups|DeferWelcome|MaxLoginAttempts|SQL[A-Z]\w{1,30}|QuotaEngine)[ \t]|^<(?:Anonymous|Global|Limit[ \t]{1,9}(?:LOGIN|STOR|SITE|READ|WRITE|DIRS|ALL))\b/gm;
/** One such name alone may be a slip. */
const fewestFtp = 2;
const web = /^(?:Rewrite|Proxy|SSL|DocumentRoot|ServerAlias|CustomLog)/im;

/** @param lines trimmed lines of the beginning of a file */
export function isOfAnotherProgram(lines: readonly string[]): boolean {
  const text = lines.slice(0, 400).join('\n');
  const ftpNames = new Set(text.match(ftp));
  if (ftpNames.size >= fewestFtp && !web.test(text)) return true;
  return (
    cousins.some((pattern) => pattern.test(text)) &&
    !own.test(text.replace(/^<VirtualHost[^>]*>$(?=[^]*^<(?:Global|Anonymous))/im, ''))
  );
}

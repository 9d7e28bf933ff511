/**
 * How each directive of httpd acts on what `trace` tells of a request; names in lower case. What stands in no list (most directives of modules
 * that are not part of httpd) acts anywhere on the way.
 */
import { wordsOf } from '../../../text/words.ts';

/**
 * Where a directive that is not traced would act: `request`: anywhere on the way; `access`: before the content; `file`: where a file is served;
 * `proxy`: where a backend is asked; `note`: on headers of the response, or by a cache.
 */
export type Stage = 'request' | 'access' | 'file' | 'proxy' | 'note';

export type Influence = 'traced' | 'none' | Stage;

/** Followed by the tracer, or given up where it acts. */
const traced = `
  acceptpathinfo addhandler addtype alias aliasmatch aliaspreservepath allow allowencodedslashes allowmethods allowoverride
  authmerging authtype balancermember browsermatch browsermatchnocase dav define deny directory directoryindex directorymatch
  directoryslash documentroot else elseif errordocument fallbackresource files filesmatch forcetype header if ifdefine
  ifdirective iffile ifmodule ifsection ifversion include includeoptional limit limitexcept limitinternalrecursion
  limitrequestbody limitrequestfields limitrequestfieldsize limitrequestline listen loadmodule location locationmatch macro
  mergeslashes options order passenv proxy proxy100continue proxyaddheaders proxymatch proxypass proxypassinherit proxypassmatch
  proxypreservehost proxyset proxyvia proxywebsocketfallbacktoproxyhttp redirect redirectmatch redirectpermanent
  redirectrelative redirecttemp remoteipheader remoteipinternalproxy remoteipinternalproxylist remoteipproxiesheader
  remoteipproxyprotocol remoteiptrustedproxy remoteiptrustedproxylist requestheader require requireall requireany requirenone
  rewritebase rewritecond rewriteengine rewritemap rewriteoptions rewriterule satisfy scriptalias scriptaliasmatch serveralias
  servername serverroot setenv setenvif setenvifexpr setenvifnocase sethandler sslengine sslproxyengine sslrequiressl
  sslstrictsnivhostcheck sslverifyclient traceenable undefine undefmacro unsetenv use usecanonicalname usecanonicalphysicalport
  userdir virtualdocumentroot virtualdocumentrootip virtualhost virtualscriptalias virtualscriptaliasip
`;

/** Without influence on what is told: processes, logs, limits of load and time, the content's form, the connection to the backend. */
const none = `
  acceptfilter acceptmutex accessfilename addalt addaltbyencoding addaltbytype addcharset adddefaultcharset adddescription
  addencoding addicon addiconbyencoding addiconbytype addinputfilter addlanguage addmoduleinfo addoutputfilter
  addoutputfilterbytype allowconnect allowoverridelist anonymous anonymous_logemail anonymous_mustgiveemail anonymous_nouserid
  anonymous_verifyemail asyncrequestworkerfactor authbasicauthoritative authbasicfake authbasicprovider
  authbasicusedigestalgorithm authdbduserpwquery authdbduserrealmquery authdbmgroupfile authdbmtype authdbmuserfile
  authdefaultauthoritative authdigestalgorithm authdigestdomain authdigestnccheck authdigestnoncelifetime authdigestprovider
  authdigestqop authdigestshmemsize authformauthoritative authformbody authformdisablenostore authformfakebasicauth
  authformlocation authformloginrequiredlocation authformloginsuccesslocation authformlogoutlocation authformmethod
  authformmimetype authformpassword authformprovider authformsitepassphrase authformsize authformusername authgroupfile
  authldapauthorizeprefix authldapbindauthoritative authldapbinddn authldapbindpassword authldapcharsetconfig
  authldapcompareasuser authldapcomparednonserver authldapdereferencealiases authldapgroupattribute authldapgroupattributeisdn
  authldapinitialbindasuser authldapinitialbindpattern authldapmaxsubgroupdepth authldapremoteuserattribute
  authldapremoteuserisdn authldapsearchasuser authldapsubgroupattribute authldapsubgroupclass authldapurl authname
  authncachecontext authncacheenable authncacheprovidefor authncachesocache authncachetimeout authnprovideralias
  authnzfcgicheckauthnprovider authnzfcgidefineprovider authuserfile authzdbdlogintoreferer authzdbdquery authzdbdredirectquery
  authzdbmauthoritative authzdbmtype authzdefaultauthoritative authzgroupfileauthoritative authzldapauthoritative
  authzownerauthoritative authzprovideralias authzsendforbiddenonfailure authzuserauthoritative balancergrowth balancerinherit
  balancerpersist brotlialteretag brotlicompressionmaxinputblock brotlicompressionquality brotlicompressionwindow
  brotlifilternote bufferedlogs buffersize cachedefaultexpire cachedetailheader cachedirlength cachedirlevels cachedisable
  cachefile cacheheader cacheignorecachecontrol cacheignoreheaders cacheignorenolastmod cacheignorequerystring
  cacheignoreurlsessionidentifiers cachekeybaseurl cachelastmodifiedfactor cachelock cachelockmaxage cachelockpath
  cachemaxexpire cachemaxfilesize cacheminexpire cacheminfilesize cachenegotiateddocs cachequickhandler cachereadsize
  cachereadtime cacheroot cachesocache cachesocachemaxsize cachesocachemaxtime cachesocachemintime cachesocachereadsize
  cachesocachereadtime cachestaleonerror cachestoreexpired cachestorenostore cachestoreprivate casefilter casefilterin
  cgidscripttimeout cgipassauth cgiscripttimeout cgivar charsetdefault charsetoptions charsetsourceenc checkbasenamematch
  checkcaseonly chrootdir contentdigest cookiedomain cookieexpires cookiehttponly cookielog cookiename cookiesamesite
  cookiesecure cookiestyle coredumpdirectory customlog davbasepath davdepthinfinity davgenericlockdb davlockdb davlockdiscovery
  davmintimeout dbdexptime dbdinitsql dbdkeep dbdmax dbdmin dbdparams dbdpersist dbdpreparesql dbdriver defaulticon
  defaultlanguage defaultruntimedir defaulttype deflatealteretag deflatebuffersize deflatecompressionlevel deflatefilternote
  deflateinflatelimitrequestbody deflateinflateratioburst deflateinflateratiolimit deflatememlevel deflatewindowsize
  dtraceprivileges dumpioinput dumpiologlevel dumpiooutput enableexceptionhook enablemmap enablesendfile error errorlog
  errorlogformat expiresbytype expiresdefault extendedstatus extfilterdefine extfilteroptions fancyindexing fileetag filterchain
  filterdeclare filterprotocol filterprovider filtertrace flushmaxpipelined flushmaxthreshold forcelanguagepriority forensiclog
  globallog gprofdir gracefulshutdowntimeout group h2altsvc h2altsvcmaxage h2copyfiles h2direct h2earlyhint h2earlyhints
  h2maxdataframelen h2maxheaderblocklen h2maxsessionstreams h2maxstreamerrors h2maxworkeridleseconds h2maxworkers h2minworkers
  h2moderntlsonly h2outputbuffering h2padding h2proxyrequests h2push h2pushdiarysize h2pushpriority h2pushresource
  h2serializeheaders h2sessionextrafiles h2streammaxmemsize h2streamtimeout h2tlscooldownsecs h2tlswarmupsize h2upgrade
  h2websockets h2windowsize headername heartbeataddress heartbeatlisten heartbeatmaxservers heartbeatstorage hostnamelookups
  identitycheck identitychecktimeout imapbase imapdefault imapmenu indexheadinsert indexignore indexignorereset indexoptions
  indexorderdefault indexstylesheet inputsed isapiappendlogtoerrors isapiappendlogtoquery isapicachefile isapifakeasync
  isapilognotsupported isapireadaheadbuffer keepalive keepalivetimeout keptbodysize languagepriority ldapcacheentries
  ldapcachettl ldapconnectionpoolttl ldapconnectiontimeout ldaplibrarydebug ldapopcacheentries ldapopcachettl
  ldapreferralhoplimit ldapreferrals ldapretries ldapretrydelay ldapsharedcachefile ldapsharedcachesize ldaptimeout
  ldaptrustedclientcert ldaptrustedglobalcert ldaptrustedmode ldapverifyservercert limitxmlrequestbody listenbacklog
  listencoresbucketsratio listentcpdeferaccept loadfile lockfile logformat logiotrackttfb loglevel logmessage
  lua_____bytecodehack luaauthzprovider luacodecache luahookinsertfilter luahooklog luainherit luainputfilter luaoutputfilter
  luapackagecpath luapackagepath luaroot luascope macroignorebadnesting macroignoreemptyargs maxclients maxconnectionsperchild
  maxkeepaliverequests maxmemfree maxrangeoverlaps maxrangereversals maxranges maxrequestsperchild maxrequestsperthread
  maxrequestworkers maxspareservers maxsparethreads maxthreads mcachemaxobjectcount mcachemaxobjectsize mcachemaxstreamingbuffer
  mcacheminobjectsize mcacheremovalalgorithm mcachesize mdactivationdelay mdbaseserver mdcacertificatefile mdcachallenges
  mdcertificateagreement mdcertificateauthority mdcertificatecheck mdcertificatefile mdcertificatekeyfile mdcertificatemonitor
  mdcertificateprotocol mdcertificatestatus mdchallengedns01 mdchallengedns01version mdcheckinterval mdcontactemail mddrivemode
  mdexternalaccountbinding mdhttpproxy mdhttpproxycacertificatefile mdinitialdelay mdmatchnames mdmember mdmembers mdmessagecmd
  mdmuststaple mdnotifycmd mdomain mdomainset mdportmap mdprivatekeys mdprofile mdprofilemandatory mdrenewmode mdrenewviaari
  mdrenewwindow mdretrydelay mdretryfailover mdserverstatus mdstapleothers mdstapling mdstaplingkeepresponse
  mdstaplingrenewwindow mdstoredir mdstorelocks mdwarnwindow memcacheconnttl mergetrailers metadir metasuffix mimemagicfile
  minspareservers minsparethreads mmapfile modemstandard modmimeusepathinfo multiviewsmatch mutex namevirtualhost noproxy
  nwssltrustedcerts nwsslupgradeable outputsed pidfile port privilegesmode protocol protocolecho protocols protocolshonororder
  proxybadheader proxydomain proxyerroroverride proxyexpressdbmfile proxyexpressdbmtype proxyfcgibackendtype proxyfcgisetenvif
  proxyftpdircharset proxyftpescapewildcards proxyftplistonwildcard proxyhcexpr proxyhctemplate proxyhctpsize proxyhtmlbufsize
  proxyhtmlcharsetout proxyhtmldoctype proxyhtmlenable proxyhtmlevents proxyhtmlextended proxyhtmlfixups proxyhtmlinterp
  proxyhtmllinks proxyhtmlmeta proxyhtmlstripcomments proxyhtmlurlmap proxyiobuffersize proxymaxforwards proxypassinterpolateenv
  proxypassreverse proxypassreversecookiedomain proxypassreversecookiepath proxyreceivebuffersize proxyrequests
  proxyscgiinternalredirect proxyscgisendfile proxysourceaddress proxystatus proxytimeout qualifyredirecturl readbuffersize
  readmename receivebuffersize redisconnpoolttl redistimeout reflectorheader remoteipproxyprotocolexceptions removecharset
  removeencoding removehandler removeinputfilter removelanguage removeoutputfilter removetype requestreadtimeout rewritelock
  rewritelog rewriteloglevel rlimitcpu rlimitmem rlimitnproc scoreboardfile scriptinterpretersource scriptlog scriptlogbuffer
  scriptloglength scriptsock seerequesttail sendbuffersize serveradmin serverlimit serversignature servertokens
  sessioncookiename sessioncookiename2 sessioncookieremove sessioncryptocipher sessioncryptodriver sessioncryptopassphrase
  sessioncryptopassphrasefile sessiondbdcookiename sessiondbdcookiename2 sessiondbdcookieremove sessiondbddeletelabel
  sessiondbdinsertlabel sessiondbdperuser sessiondbdselectlabel sessiondbdupdatelabel sessionenv sessionexclude
  sessionexpiryupdateinterval sessionheader sessioninclude sessionmaxage setinputfilter setoutputfilter ssiendtag ssierrormsg
  ssietag ssilastmodified ssilegacyexprparser ssistarttag ssitimeformat ssiundefinedecho sslcacertificatefile
  sslcacertificatepath sslcadnrequestfile sslcadnrequestpath sslcarevocationcheck sslcarevocationfile sslcarevocationpath
  sslcertificatechainfile sslcertificatefile sslcertificatekeyfile sslciphersuite sslcompression sslcryptodevice sslfips
  sslhonorcipherorder sslinsecurerenegotiation ssllog sslloglevel sslmutex sslocspdefaultresponder sslocspenable sslocspnoverify
  sslocspoverrideresponder sslocspproxyurl sslocsprespondercertificatefile sslocsprespondertimeout sslocspresponsemaxage
  sslocspresponsetimeskew sslocspuserequestnonce sslopensslconfcmd ssloptions sslpassphrasedialog sslpkcs7certificatefile
  sslprotocol sslproxycacertificatefile sslproxycacertificatepath sslproxycarevocationcheck sslproxycarevocationfile
  sslproxycarevocationpath sslproxycheckpeercn sslproxycheckpeerexpire sslproxycheckpeername sslproxyciphersuite
  sslproxymachinecertificatechainfile sslproxymachinecertificatefile sslproxymachinecertificatepath sslproxyprotocol
  sslproxyverify sslproxyverifydepth sslrandomseed sslrenegbuffersize sslsessioncache sslsessioncachetimeout
  sslsessionticketkeyfile sslsessiontickets sslsrpunknownuserseed sslsrpverifierfile sslstaplingcache
  sslstaplingerrorcachetimeout sslstaplingfaketrylater sslstaplingforceurl sslstaplingrespondertimeout sslstaplingresponsemaxage
  sslstaplingresponsetimeskew sslstaplingreturnrespondererrors sslstaplingstandardcachetimeout sslusername sslusestapling
  sslverifydepth startservers startthreads substitute substituteinheritbefore substitutemaxlinelength suexec suexecusergroup
  threadlimit threadsperchild threadstacksize timeout transferlog typesconfig unclist user vhostcgimode vhostcgiprivs vhostgroup
  vhostprivs vhostsecure vhostuser watchdoginterval win32disableacceptex xbithack xml2encalias xml2encdefault xml2startparse
`;

/** The same of modules that are not part of httpd, and settings of theirs that act only with the one that switches them on. */
const noneOfOthers = `
  php_admin_flag php_admin_value php_flag php_value phpinidir secaction secargumentseparator secargumentslimit secauditengine
  secauditlog secauditlog2 secauditlogdirmode secauditlogfilemode secauditlogformat secauditlogparts secauditlogrelevantstatus
  secauditlogstoragedir secauditlogtype seccachetransformations secchrootdir seccollectiontimeout seccomponentsignature
  secconnengine seccontentinjection seccookieformat seccookiev0separator secdatadir secdebuglog secdebugloglevel
  secdefaultaction secdisablebackendcompression secgeolookupdb secgsblookupdb secguardianlog sechashengine sechashkey
  sechashmethodpm sechashmethodrx sechashparam sechttpblkey secinterceptonerror secmarker secpcrematchlimit
  secpcrematchlimitrecursion secpdfprotect secpdfprotectmethod secpdfprotectsecret secpdfprotecttimeout secpdfprotecttokenname
  secreadstatelimit secremoterules secremoterulesfailaction secrequestbodyaccess secrequestbodyinmemorylimit
  secrequestbodyjsondepthlimit secrequestbodylimit secrequestbodylimitaction secrequestbodynofileslimit secresponsebodyaccess
  secresponsebodylimit secresponsebodylimitaction secresponsebodymimetype secresponsebodymimetypesclear secrule
  secruleinheritance secruleperftime secruleremovebyid secruleremovebymsg secruleremovebytag secrulescript
  secruleupdateactionbyid secruleupdatetargetbyid secruleupdatetargetbymsg secruleupdatetargetbytag secsensorid
  secserversignature secstatusengine secstreaminbodyinspection secstreamoutbodyinspection sectmpdir sectmpsaveuploadedfiles
  secunicodecodepage secunicodemapfile secuploaddir secuploadfilelimit secuploadfilemode secuploadkeepfiles secwebappid
  secwritestatelimit secxmlexternalentity wsgiapplicationgroup wsgidaemonprocess wsgipassauthorization wsgiprocessgroup
  wsgipythonhome wsgipythonpath wsgisocketprefix
`;

const undecided: Readonly<Record<Stage, string>> = {
  request: `
  httpprotocoloptions luahookaccesschecker luahookauthchecker luahookcheckuserid luahookfixups luahookmaptostorage
  luahookpretranslate luahookpretranslatename luahooktranslatename luahooktypechecker luamaphandler luaquickhandler
  mdrequirehttps proxyexpressenable regexdefaultoptions registerhttpmethod securelisten serverpath sslvhostsnipolicy
  stricthostcheck
`,
  access: `
  sslrequire
`,
  file: `
  action cgimapextension checkspelling directorycheckhandler directoryindexredirect example script
`,
  proxy: `
  proxyblock proxyremote proxyremotematch
`,
  note: `
  cacheenable cookietracking expiresactive metafiles session
`,
};

let table: Map<string, Influence> | undefined;

/** `key`: the name in lower case. */
export function influenceOf(key: string): Influence {
  return (table ??= new Map(lists())).get(key) ?? 'request';
}

/** All names, in the order of the lists. */
export function listedNames(): string[] {
  return lists().map(([name]) => name);
}

function lists(): (readonly [string, Influence])[] {
  const all: [Influence, string][] = [
    ['traced', traced],
    ['none', none],
    ['none', noneOfOthers],
    ...(Object.entries(undecided) as [Stage, string][]),
  ];
  return all.flatMap(([how, names]) => wordsOf(names).map((name) => [name, how] as const));
}

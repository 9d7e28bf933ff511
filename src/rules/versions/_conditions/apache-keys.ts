import { passes } from './apache-places.ts';

/** The directives of httpd that the conditions ask for. */
export const apacheKeys: readonly string[] = [
  ...passes,
  ...(
    'rewriterule rewritecond sethandler protocols h2upgrade h2push h2pushresource h2websockets loglevel authtype ' +
    'authldapcharsetconfig filesmatch limit limitexcept sessionenv session sessioncookiename mdomain mdomainset ' +
    'mdstapling mdcertificateauthority sslengine sslverifyclient locationmatch proxyrequests remoteipproxyprotocol ' +
    'remoteipheader mergeslashes directory luamaphandler luahooktranslatename luahookaccesschecker luahookfixups ' +
    'luahookauthchecker limitxmlrequestbody inputsed outputsed macro addtype header requestheader customlog ' +
    'logformat sslcacertificatefile sslcacertificatepath proxypreservehost options setenv userdir suexecusergroup ' +
    'allowoverride dav sslusestapling sslocspenable xml2encdefault xml2startparse proxyhtmlenable ' +
    'proxypassreversecookiedomain proxypassreversecookiepath authldapurl virtualdocumentroot limitrequestfieldsize ' +
    'authdigestnccheck authdigestnoncelifetime charsetsourceenc heartbeatlisten alias scriptalias'
  ).split(' '),
];

/** The methods that httpd knows, in upper case: `lookup_builtin_method` of `modules/http/http_protocol.c`. */
const methods = new Set(
  (
    'GET HEAD PUT POST DELETE CONNECT OPTIONS TRACE PATCH PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK VERSION-CONTROL ' +
    'CHECKOUT UNCHECKOUT CHECKIN UPDATE LABEL REPORT MKWORKSPACE MKACTIVITY BASELINE-CONTROL MERGE'
  ).split(' '),
);

/** Methods are compared in their case. Others can be registered with `RegisterHttpMethod`. */
export function isMethod(name: string): boolean {
  return methods.has(name);
}

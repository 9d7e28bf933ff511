/** What a configuration of httpd must do for an advisory to matter. */
import { apacheKeys } from './apache-keys.ts';
import { enclosing } from '../../../syntax/tree.ts';
import { isWithin, word, type Conditions } from './found.ts';
import { isOff, isOn, numberOf } from '../../../servers/apache/meaning/settings.ts';
import { backendConditions } from './apache-backends.ts';
import { handlerType, isNotOff, knownMethod, rootGranted } from './apache-places.ts';

export const apacheConditions: Conditions = {
  keys: apacheKeys,
  byName: {
    ...backendConditions,
    'slash-regex': (found) => found.first('locationmatch'),
    'merge-slashes-off': (found) => found.withValue('mergeslashes', isOff),
    'root-granted': rootGranted,
    'filesmatch-end': (found) => found.all('filesmatch').find((section) => word(section, 0).endsWith('$')),
    'limit-method': (found) =>
      found.config.level === 'htaccess'
        ? found.all('limit', 'limitexcept').find(({ args }) => args.some(({ value }) => !knownMethod.test(value)))
        : undefined,
    'handler-by-type': (found) => found.withWord('addtype', handlerType),
    'htaccess-expressions': (found) => found.withWord('allowoverride', /^(?:all|fileinfo)$/i),
    'htaccess-sslrequire': (found) => found.withWord('allowoverride', /^(?:all|authconfig)$/i),
    tls: (found) => found.withValue('sslengine', isOn),
    'tls-optional': (found) => found.withWord('sslengine', /^optional$/i),
    'location-client-certificate': (found) =>
      found
        .all('sslverifyclient')
        .find((it) => ['location', 'directory', 'locationmatch'].some((key) => isWithin(it, key))),
    'client-ca-hosts': (found) => {
      const all = found.all('sslcacertificatefile', 'sslcacertificatepath');
      return all.find((it) => word(it, 0) !== word(all[0]!, 0));
    },
    ocsp: (found) => found.withValue('sslocspenable', isNotOff),
    digest: (found) => found.withWord('authtype', /^digest$/i),
    'digest-nonce': (found) =>
      found.withValue('authdigestnccheck', isOn) ?? found.withWord('authdigestnoncelifetime', /^0$/),
    'ldap-charset': (found) => found.first('authldapcharsetconfig'),
    'ldap-section': (found) => found.all('authldapurl').find((it) => enclosing(it) !== undefined),
    session: (found) => found.withValue('session', isOn),
    'session-env': (found) => found.withValue('sessionenv', isOn),
    'session-cookie': (found) => found.first('sessioncookiename'),
    md: (found) => found.first('mdomain', 'mdomainset', 'mdstapling', 'mdcertificateauthority'),
    lua: (found) =>
      found.first(
        'luamaphandler',
        'luahooktranslatename',
        'luahookaccesschecker',
        'luahookfixups',
        'luahookauthchecker',
      ),
    'large-xml-body': (found) => found.all('limitxmlrequestbody').find((it) => (numberOf(it) ?? 0) > 350 * 1024 * 1024),
    sed: (found) => found.first('inputsed', 'outputsed'),
    macro: (found) => found.first('macro'),
    'content-type-from-request': (found) =>
      found
        .all('header', 'requestheader')
        .find(
          ({ args }) =>
            args.some(({ value }) => /^content-type:?$/i.test(value)) &&
            args.some(({ value }) => /%\{[^}]*(?:req|HTTP)[^}]*\}/i.test(value)),
        ),
    'log-client-text': (found) =>
      ['customlog', 'logformat'].map((key) => found.withWord(key, /%\{(?:SSL_\w+\}x|[^}]+\}c)/)).find(Boolean),
    'ssi-exec': (found) => found.withWord('options', /^\+?includes$/i),
    'cgi-variables': (found) =>
      found
        .all('setenv')
        .find((it) =>
          /^(?:CONTENT_LENGTH|CONTENT_TYPE|REQUEST_METHOD|QUERY_STRING|SCRIPT_\w+|PATH_\w+|REMOTE_\w+|SERVER_\w+|GATEWAY_INTERFACE|DOCUMENT_ROOT)$/.test(
            word(it, 0),
          ),
        ),
    'userdir-suexec': (found) =>
      found.first('suexecusergroup') && found.withWord('allowoverride', /^(?:all|fileinfo)$/i)
        ? found.first('userdir')
        : undefined,
    'userdir-absolute': (found) =>
      found.all('userdir').find(({ args }) => args.some(({ value }) => value.startsWith('/') && !value.includes('*'))),
    dav: (found) => found.withValue('dav', isNotOff),
    'xml-encoding': (found) => found.first('xml2startparse', 'xml2encdefault'),
    'long-dynamic-host': (found) =>
      found.all('limitrequestfieldsize').some((it) => (numberOf(it) ?? 0) > 8190)
        ? found.withWord('virtualdocumentroot', /%(?!%)/)
        : undefined,
    'charset-lite': (found) => found.first('charsetsourceenc'),
    heartbeat: (found) => found.first('heartbeatlisten'),
  },
};

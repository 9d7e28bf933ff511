import {
  canonicalSetting,
  describeRanges,
  existsIn,
  requiredSettings,
  settingForms,
  settingNames,
  type SslhScope,
  type SslhSetting,
} from '../facts/index.ts';
import { formatVersion, isBefore } from '../../../model/versions.ts';
import { placeIn, type Directive } from '../../../syntax/tree.ts';
import { children } from '../../../syntax/walk.ts';
import { suggest } from '../../../text/suggest.ts';
import { isPassedOver } from './listens.ts';
import { openerOf, sslhConfig, type Group, type SslhConfig } from '../meaning/entries.ts';
import type { Judged, Refusal } from './refusal.ts';
import { hasType, isPortNumber, numberFor, placeNames, typeNames } from './setting-types.ts';

type WrongSetting = Refusal<'sslh-unknown-setting'>;

/** Settings that the version does not know or that have another type, and entries that lack one. */
export function wrongSettings(judged: Judged): WrongSetting[] {
  const sslh = sslhConfig(judged);
  const groups = [sslh.main, ...sslh.listen, ...sslh.protocols];
  return [
    ...groups.flatMap((group) => [...wrongIn(group, judged), ...missingIn(group, judged)]),
    ...elementsWithoutGroup(sslh),
  ];
}

function wrongIn({ block, scope }: Group, judged: Judged): WrongSetting[] {
  return children(block).flatMap((setting) =>
    setting.key && setting.key !== '@include' ? (judgeSetting(setting, scope, judged) ?? []) : [],
  );
}

function judgeSetting(setting: Directive, scope: SslhScope, judged: Judged): WrongSetting | undefined {
  const { version } = judged;
  const name = setting.key;
  const at = placeIn(setting, setting.name);
  const forms = settingForms(scope, name);
  // Only since 1.21 are "-" and "_" the same.
  const spelling = canonicalSetting(scope, name);
  const isMisspelled = spelling !== name && isBefore(version, '1.21');
  if (forms.length === 0 || isMisspelled) {
    const nearest = isMisspelled ? spelling : suggest(name, settingNames(scope, version));
    const hint = nearest === undefined ? '' : `, did you mean "${nearest}"`;
    return { message: 'unknown', at, data: { name, place: placeNames[scope], hint } };
  }
  const form = forms.find((known) => existsIn(known, version));
  if (!form) {
    const data = { name, target: formatVersion(version), range: describeRanges(forms) };
    return { message: 'version', at, data };
  }
  if (hasType(setting, form.type) || isPortNumber(setting)) return undefined;
  return wrongType(setting, form, forms, judged);
}

function wrongType(
  setting: Directive,
  form: SslhSetting,
  forms: readonly SslhSetting[],
  { target }: Judged,
): WrongSetting {
  const at = placeIn(setting, setting.name);
  const data = { name: setting.key, expected: typeNames[form.type] };
  if (form.required || form.type === 'list') return { message: 'requiredType', at, data, severity: 'error' };
  const fix = numberFor(setting, form.type);
  if (target !== undefined || !forms.some((known) => hasType(setting, known.type)))
    return { message: 'type', at, data, ...fix };
  const { since = '1.0' } = forms.find(({ type }) => type === form.type)!;
  return { message: 'newType', at, data: { ...data, since }, severity: 'info', confidence: 'medium', ...fix };
}

function missingIn(group: Group, judged: Judged): WrongSetting[] {
  if (group.scope === 'main' || group.open) return [];
  const missing = requiredSettings(group.scope).filter((name) => !group.settings.has(name));
  if (missing.length === 0) return [];
  const names = missing.map((name) => `"${name}"`).join(' and ');
  const severity = isPassedOver(group, judged) ? ('warning' as const) : ('error' as const);
  return [{ message: 'missing', at: openerOf(group), data: { list: group.scope, names }, severity }];
}

const forms = {
  listen: '{ host: "..."; port: "..."; }',
  protocols: '{ name: "..."; host: "..."; port: "..."; }',
} as const;

function elementsWithoutGroup({ main }: SslhConfig): WrongSetting[] {
  return (['listen', 'protocols'] as const).flatMap((list) => {
    const block = main.settings.get(list)?.block;
    if (block?.kind !== 'list') return [];
    const strange = children(block).filter((element) => element.key === '' && element.block?.kind !== 'group');
    const data = { list, form: forms[list] };
    return strange.map((element) => ({ message: 'noGroup', at: element, data, severity: 'error' }) as const);
  });
}

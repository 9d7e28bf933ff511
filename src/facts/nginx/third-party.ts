/**
 * Directives of widely used modules outside the nginx source, by name. Kept by hand from the modules' own documentation and
 * `ngx_command_t` tables; contexts and arguments are not checked for them. njs, ACME, OpenTelemetry and nginx Plus are in
 * `table.json`.
 */
export interface ThirdPartyModule {
  readonly module: string;
  /** Project whose documentation names the directives. */
  readonly source: string;
  /** Divided by spaces. */
  readonly names: string;
}

export const thirdPartyModules: readonly ThirdPartyModule[] = [
  {
    module: 'ngx_headers_more',
    source: 'https://github.com/openresty/headers-more-nginx-module',
    names: 'more_set_headers more_clear_headers more_set_input_headers more_clear_input_headers',
  },
];

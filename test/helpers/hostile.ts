/** Config text that would act in a page, a picture, a terminal, a log or a table, if a format let it through. */
export const hostile = {
  html: '<img src=x onerror=window.injected=1>',
  script: '</script><script>window.injected=1</script>',
  style: '</style><style>*{display:none}</style>',
  svg: '<svg onload=window.injected=1></svg>',
  attribute: '\'" onclick=window.injected=1 x="',
  markdown: '[x](javascript:alert(1)) ![y](https://evil.example/z) **b** | c | @all',
  github: '::error file=x::injected',
  azure: '##vso[task.setvariable variable=x]y ##[error]z ##teamcity[x]',
  ansi: '\u001b]0;title\u0007\u001b[31mred\u009b1m\u202e',
  csv: '=cmd|calc!A1',
} as const;

const all = Object.values(hostile).map((text) =>
  text.replaceAll(/["'\\$;{}]/g, (character) => (character === '"' ? "'" : '')),
);

/** By name; each piece of text stands where it comes into messages, routes, headers, code frames and pictures. */
export const hostileConfigs: Readonly<Record<string, string>> = {
  'nginx.conf': `events {}
http {
${all
  .map(
    (text, index) => `  server {
    listen 80;
    server_name "${text}" h${index}.example;
    add_header "X-${index}" "${text}";
    location "/${text}" { proxy_pass http://127.0.0.1:1/; proxy_set_header X-Evil "${text}"; }
    location = /r${index} { return 301 "https://x.example/${text}"; }
    "${text}" on;
    ${'`'}${text}${'`'} off;
  }`,
  )
  .join('\n')}
}
`,
  'httpd.conf': `Listen 80\n${all
    .map(
      (text, index) => `<VirtualHost *:80>
ServerName "${text}"
Header set X-${index} "${text}"
RequestHeader set X-Evil "${text}"
ProxyPass "/${text}" "http://127.0.0.1:1/"
Redirect "/r${index}" "https://x.example/${text}"
"${text}" on
</VirtualHost>`,
    )
    .join('\n')}
`,
  'sslh.cfg': `listen: ({ host: "0.0.0.0"; port: "443"; });
protocols: (
${all.map((text) => `  { name: "tls"; host: "127.0.0.1"; port: "1"; sni_hostnames: [ "${text}" ]; "x": "${text}"; }`).join(',\n')}
);
`,
  'notes.md': `# ${hostile.html}\n\n\`\`\`nginx\nserver { listen 80; server_name "${all[0]}"; location / { proxy_pass http://127.0.0.1:1; } ssl on }\n\`\`\`\n`,
};

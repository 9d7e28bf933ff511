/**
 * Advisories of nginx that depend on the configuration. Source: https://nginx.org/en/security_advisories.html (2026-07-22) and, for the fixes of
 * 1.30.6 and 1.30.7, the release notes, which name no older versions: only the stable series is taken as affected there.
 * A line: id, severity, affected versions (inclusive ranges), first fixed version of each series, what the configuration must do.
 */
export const nginxRows = `
CVE-2026-125283 medium 1.30.0-1.30.6 1.30.7 try-files-alias
CVE-2026-123640 medium 1.30.0-1.30.6 1.30.7 stream-preread
CVE-2026-123634 medium 1.30.0-1.30.6 1.30.7 resolver
CVE-2026-123633 medium 1.30.0-1.30.6 1.30.7 http2
CVE-2026-123007 medium 1.30.0-1.30.6 1.30.7 http2
CVE-2026-118899 medium 1.30.0-1.30.6 1.30.7 always
CVE-2026-113425 medium 1.30.0-1.30.6 1.30.7 mail
CVE-2026-60005 medium 1.15.8-1.31.2 1.31.3,1.30.4 slice-capture
CVE-2026-56434 medium 0.8.11-1.31.2 1.31.3,1.30.4 ssi
CVE-2026-48142 low 0.3.50-1.31.1 1.31.2,1.30.3 charset-map
CVE-2026-42946 medium 0.8.42-1.30.0 1.31.0,1.30.1 scgi-uwsgi
CVE-2026-42934 low 0.3.50-1.30.0 1.31.0,1.30.1 charset-map
CVE-2026-42926 medium 1.29.4-1.30.0 1.31.0,1.30.1 upstream-http2-body
CVE-2026-42533 high 0.9.6-1.31.2 1.31.3,1.30.4 map-capture
CVE-2026-42530 high 1.31.0-1.31.1 1.31.2 http3
CVE-2026-42055 medium 1.13.10-1.31.1 1.31.2,1.30.3 invalid-headers-upstream
CVE-2026-40701 medium 1.19.0-1.30.0 1.31.0,1.30.1 ocsp-resolver
CVE-2026-40460 medium 1.25.0-1.30.0 1.31.0,1.30.1 http3
CVE-2026-32647 medium 1.1.19-1.29.6 1.29.7,1.28.3 mp4
CVE-2026-28755 medium 1.27.2-1.29.6 1.29.7,1.28.3 stream-ocsp
CVE-2026-28753 medium 0.6.27-1.29.6 1.29.7,1.28.3 mail-smtp-resolver
CVE-2026-27784 medium 1.1.19-1.29.6 1.29.7,1.28.3 mp4
CVE-2026-27654 medium 0.5.13-1.29.6 1.29.7,1.28.3 dav-copy-alias
CVE-2026-27651 low 0.5.15-1.29.6 1.29.7,1.28.3 mail-auth-retry
CVE-2026-15176 medium 1.30.0-1.30.5 1.30.6 rewrite-alias
CVE-2026-1642 medium 1.3.0-1.29.4 1.29.5,1.28.2 upstream-tls
CVE-2025-53859 low 0.7.22-1.29.0 1.29.1 smtp-auth-none
CVE-2025-23419 medium 1.11.4-1.27.3 1.27.4,1.26.3 client-certificate-hosts
CVE-2024-35200 medium 1.25.0-1.25.5,1.26.0-1.26.0 1.27.0,1.26.1 http3
CVE-2024-34161 medium 1.25.0-1.25.5,1.26.0-1.26.0 1.27.0,1.26.1 http3
CVE-2024-32760 medium 1.25.0-1.25.5,1.26.0-1.26.0 1.27.0,1.26.1 http3
CVE-2024-31079 medium 1.25.0-1.25.5,1.26.0-1.26.0 1.27.0,1.26.1 http3
CVE-2024-24990 high 1.25.0-1.25.3 1.25.4 http3
CVE-2024-24989 high 1.25.3-1.25.3 1.25.4 http3
CVE-2024-7347 low 1.5.13-1.27.0 1.27.1,1.26.2 mp4
CVE-2023-44487 medium 1.9.5-1.25.2 1.25.3 http2-raised-limits
CVE-2022-41742 medium 1.1.3-1.23.1,1.0.7-1.0.15 1.23.2,1.22.1 mp4
CVE-2022-41741 medium 1.1.3-1.23.1,1.0.7-1.0.15 1.23.2,1.22.1 mp4
CVE-2021-23017 medium 0.6.18-1.20.0 1.21.0,1.20.1 resolver
CVE-2019-9516 low 1.9.5-1.17.2 1.17.3,1.16.1 http2
CVE-2019-9513 low 1.9.5-1.17.2 1.17.3,1.16.1 http2
CVE-2019-9511 medium 1.9.5-1.17.2 1.17.3,1.16.1 http2
CVE-2018-16845 medium 1.1.3-1.15.5,1.0.7-1.0.15 1.15.6,1.14.1 mp4
CVE-2018-16844 low 1.9.5-1.15.5 1.15.6,1.14.1 http2
CVE-2018-16843 low 1.9.5-1.15.5 1.15.6,1.14.1 http2
CVE-2017-7529 medium 0.5.6-1.13.2 1.13.3,1.12.1 cache
CVE-2016-4450 medium 1.3.9-1.11.0 1.11.1,1.10.1 always
CVE-2016-0747 medium 0.6.18-1.9.9 1.9.10,1.8.1 resolver
CVE-2016-0746 medium 0.6.18-1.9.9 1.9.10,1.8.1 resolver
CVE-2016-0742 medium 0.6.18-1.9.9 1.9.10,1.8.1 resolver
CVE-2014-3616 medium 0.5.6-1.7.4 1.7.5,1.6.2 shared-tls-session
CVE-2014-3556 medium 1.5.6-1.7.3 1.7.4,1.6.1 mail-starttls
CVE-2014-0133 high 1.3.15-1.5.11 1.5.12,1.4.7 spdy
CVE-2014-0088 high 1.5.10-1.5.10 1.5.11 spdy
CVE-2013-4547 medium 0.8.41-1.5.6 1.5.7,1.4.4 always
CVE-2013-2070 medium 1.1.4-1.2.8,1.3.9-1.4.0 1.5.0,1.4.1,1.2.9 proxy
CVE-2013-2028 high 1.3.9-1.4.0 1.5.0,1.4.1 always
CVE-2012-2089 high 1.1.3-1.1.18,1.0.7-1.0.14 1.1.19,1.0.15 mp4
CVE-2012-1180 high 0.1.0-1.1.16 1.1.17,1.0.14 proxy
CVE-2011-4315 medium 0.6.18-1.1.7 1.1.8,1.0.10 resolver
`;

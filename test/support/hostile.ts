const escape = '\u001B';

/** Names as an attacker would choose them, by what they try. Whoever shows names from servers is tested with all of them. */
export const hostileNames = {
  html: '<img src=x onerror=document.title=1>',
  script: '</pre></script><script>document.title="owned"</script>',
  commandLink: '[click](command:workbench.action.closeWindow)',
  titledLink: '[click](https://evil.example "title")',
  bareLink: 'https://evil.example www.evil.example',
  icon: '$(rm) $(error)',
  markdown: '**bold** `code` | cell | # head\n---',
  terminal: `${escape}[2J${escape}]0;owned\u0007${escape}[31mred`,
  newline: 'front-end\r\n2026-11-21 09:00:00.000 [error] all is lost',
  lineSeparator: 'front-end\u2028[error] all is lost',
  rightToLeft: '\u202Eylper\u202C \u2066a\u2069 \u200Fb',
  nothing: '\u0000\u0008',
  formula: '=HYPERLINK("https://evil.example","click")',
  spacedFormula: ' \t+1+cmd|calc',
  wideFormula: '\uFF1D1+1',
  path: '../../etc/passwd',
  windowsPath: '..\\..\\C:\\CON',
  shell: '$(id) `id`; id # "\'',
  yaml: 'a: &x *x\n- !!js/function',
  long: 'x'.repeat(253),
  longKorean: '가'.repeat(253),
  astral: '𝒜'.repeat(253),
} as const;

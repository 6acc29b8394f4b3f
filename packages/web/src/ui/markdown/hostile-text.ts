const ESC = '\u001b';

/** What an agent, or a page that it read, may try: nothing of it runs, loads or breaks the layout. */
export const HOSTILE_TEXT = [
  '<script>document.title = "owned"</script>',
  '<img src=x onerror="document.title = \'owned\'"> <svg onload="document.title = \'owned\'"/>',
  '<iframe src="https://tracker.invalid/frame"></iframe><style>body { display: none }</style>',
  '[click](javascript:document.title="owned") [click](JaVaScRiPt&colon;document.title="owned")',
  '[page](data:text/html,<script>document.title="owned"</script>) [file](file:///etc/passwd) [blob](blob:x)',
  '<javascript:document.title="owned"> [https://bank.com](https://tracker.invalid/login) [www.bank.com][away]',
  '![pixel](https://tracker.invalid/pixel.gif) ![p](data:image/svg+xml,<svg/onload=x>) ![](//tracker.invalid/a.png)',
  '[![inner](https://tracker.invalid/b.png)](https://tracker.invalid/c)',
  `Colours: ${ESC}[31mred${ESC}[0m ${ESC}]8;;https://tracker.invalid${ESC}\\link${ESC}]8;;${ESC}\\ and a bell \u0007`,
  'Turned around: safe\u202Egnp.exe and zero\u200Bwidth\u2066 text',
  'Word'.repeat(150),
  `\`${'code'.repeat(200)}\``,
  `https://tracker.invalid/${'path'.repeat(200)}`,
  `| ${'wide'.repeat(300)} | b |\n|---|---|\n| ${'cell'.repeat(300)} | d |`,
  `${'|a'.repeat(600)}\n${'|-'.repeat(600)}`,
  `${'> '.repeat(300)}deep`,
  `${'- '.repeat(300)}deep`,
  Array.from({ length: 30 }, (_, level) => `${'  '.repeat(level)}- level ${level}`).join('\n'),
  `## ${'Heading'.repeat(100)}`,
  `\`\`\`"><img/src/onerror=alert(1)> ${'language'.repeat(60)}\n${'line'.repeat(500)}\n\`\`\``,
  '*_a '.repeat(200),
  '[away]: https://tracker.invalid/x "<img src=x onerror=alert(1)>"',
].join('\n\n');

// A runner without an agent: it lives until SIGTERM.
setInterval(() => undefined, 60_000);
process.on('SIGTERM', () => process.exit(0));
process.stdout.write('ready\n');

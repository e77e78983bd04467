// Loaded into a child process before its program (`node --import`). When the supervisor dies, even by kill -9, the
// channel to it breaks: the child then ends in order, or after a while without.
const patienceMs = 5_000;

process.once('disconnect', () => {
  setTimeout(() => process.exit(1), patienceMs).unref();
  process.kill(process.pid, 'SIGTERM');
});
// Listening must not keep a program alive that has nothing left to do.
process.channel?.unref();

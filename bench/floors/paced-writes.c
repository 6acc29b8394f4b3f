/* Writes SIZE bytes to each of N loopback TCP sockets every PERIOD_US, TICKS times; a child process reads them.
   Prints the CPU time of the writer, in microseconds per write: paced-writes N SIZE PERIOD_US TICKS */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double cpu_us(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e6 + usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
}

static void read_all(int count, struct sockaddr_in *address) {
  static char buffer[1 << 18];
  int epoll = epoll_create1(0);
  for (int i = 0; i < count; i++) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)address, sizeof *address)) exit(1);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
  }
  for (;;) {
    struct epoll_event events[256];
    int ready = epoll_wait(epoll, events, 256, -1);
    for (int i = 0; i < ready; i++) {
      if (read(events[i].data.fd, buffer, sizeof buffer) <= 0) exit(0);
    }
  }
}

int main(int argc, char **argv) {
  if (argc != 5) return 2;
  int count = atoi(argv[1]), size = atoi(argv[2]), ticks = atoi(argv[4]), one = 1;
  long period_ns = atol(argv[3]) * 1000;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof address;
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(listener, (struct sockaddr *)&address, length) || listen(listener, 4096)) return 1;
  getsockname(listener, (struct sockaddr *)&address, &length);
  pid_t reader = fork();
  if (reader == 0) read_all(count, &address);
  int *sockets = malloc(count * sizeof *sockets);
  for (int i = 0; i < count; i++) {
    sockets[i] = accept(listener, NULL, NULL);
    setsockopt(sockets[i], IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  }
  char *bytes = malloc(size);
  memset(bytes, 'a', size);
  struct timespec due;
  clock_gettime(CLOCK_MONOTONIC, &due);
  double before = cpu_us();
  for (int tick = 0; tick < ticks; tick++) {
    for (int i = 0; i < count; i++) {
      if (write(sockets[i], bytes, size) != size) return 1;
    }
    due.tv_nsec += period_ns;
    due.tv_sec += due.tv_nsec / 1000000000;
    due.tv_nsec %= 1000000000;
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &due, NULL);
  }
  printf("%.3f\n", (cpu_us() - before) / ((double)ticks * count));
  kill(reader, SIGKILL);
  waitpid(reader, NULL, 0);
  return 0;
}

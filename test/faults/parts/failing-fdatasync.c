/* A disk on which PostgreSQL cannot make its log safe: one in FAIL_ONE_IN calls of fdatasync fails with EIO. For LD_PRELOAD. Its data
 * files take fsync, which works: otherwise it would never get through its recovery. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/random.h>

static int fails(void) {
  unsigned int number = 0;
  const char *one_in = getenv("FAIL_ONE_IN");
  return one_in != NULL && getrandom(&number, sizeof number, 0) == sizeof number && number % (unsigned int)atoi(one_in) == 0;
}

int fdatasync(int fd) {
  if (fails()) {
    errno = EIO;
    return -1;
  }
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
  return real(fd);
}

/* What libpcap's configure would have found out about emscripten, for the sources that read files. */
#define HAVE_STRERROR 1
#define HAVE_STRLCPY 1
#define HAVE_STRLCAT 1
#define HAVE_STRERROR_R 1
#define HAVE_POSIX_STRERROR_R 1
#define HAVE_VASPRINTF 1
#define HAVE_ASPRINTF 1
#define HAVE_STRTOK_R 1
#define HAVE_SYS_IOCTL_H 1
#define PACKAGE_VERSION "for files only"

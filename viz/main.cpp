// Placeholder until the program arrives: prints its version.
#include <cstdio>

int main() { std::puts("keyhole-viz " KEYHOLE_VERSION); }

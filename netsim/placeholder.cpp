// Keeps this library linkable until its first source arrives; delete it then, here and in CMakeLists.txt.

# find_package(replycode) gives the imported target replycode::replycode. Paths are relative to this file, so that the
# folder can be moved.
if(NOT TARGET replycode::replycode)
  get_filename_component(_replycode_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
  add_library(replycode::replycode STATIC IMPORTED)
  set_target_properties(replycode::replycode PROPERTIES
    IMPORTED_LOCATION "${_replycode_prefix}/lib/libreplycode.a"
    INTERFACE_INCLUDE_DIRECTORIES "${_replycode_prefix}/include")
  unset(_replycode_prefix)
endif()

//! The GIL, where other libraries call: they may hold it or not, and PyO3, which counts what goes through it alone,
//! cannot know which.

#![allow(unsafe_code)]
#![deny(clippy::undocumented_unsafe_blocks)]

use pyo3::ffi;

/// Does something with the GIL released, whether this thread holds it or not. Python must not be called.
pub(crate) fn released<T>(work: impl FnOnce() -> T) -> T {
    held(|| {
        // SAFETY: this thread holds the GIL, and gets it back below.
        let state = unsafe { ffi::PyEval_SaveThread() };
        let done = work();
        // SAFETY: the state is that of this thread.
        unsafe { ffi::PyEval_RestoreThread(state) };
        done
    })
}

/// Does something with the GIL held, whether this thread holds it or not.
pub(crate) fn held<T>(work: impl FnOnce() -> T) -> T {
    // SAFETY: always allowed.
    if unsafe { ffi::Py_IsInitialized() } == 0 {
        return work();
    }
    // SAFETY: Python runs; the call may be nested.
    let state = unsafe { ffi::PyGILState_Ensure() };
    let done = work();
    // SAFETY: the state is that of the call above.
    unsafe { ffi::PyGILState_Release(state) };
    done
}

//! What must hold across the parts. There is nothing here but tests: see `it/`.

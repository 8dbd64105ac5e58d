//! Input of any size, depth and kind: nothing crashes, nothing takes long, and what is said of places is true.

#[path = "robustness/anything.rs"]
mod anything;
#[path = "robustness/mutation.rs"]
mod mutation;
#[path = "cli/rig.rs"]
#[allow(dead_code)]
mod rig;
#[path = "robustness/sizes.rs"]
mod sizes;
#[path = "robustness/spans.rs"]
mod spans;

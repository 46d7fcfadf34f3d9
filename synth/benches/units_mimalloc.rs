//! What synthesis costs with mimalloc, as any program may have it. `cargo bench -p synth --bench units_mimalloc`

mod units;

use mimalloc::MiMalloc;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    units::main()
}

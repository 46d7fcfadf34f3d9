# What people type while they work on this project. `just` lists it.

_list:
    @just --list

# Everything that must pass before a commit; CI runs exactly this
ready:
    .ci/run

# Every test, LocalStack included
test *ARGUMENTS:
    cargo test --workspace --locked {{ARGUMENTS}}

# Format and lints, warnings denied
lint:
    cargo fmt --check
    cargo clippy --workspace --all-targets --all-features --locked -- -D warnings

# API documentation, warnings denied
docs:
    RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --all-features --locked

# Build the book of all documentation into a folder; its tests are `cargo test -p book`
book FOLDER="target/book":
    cargo run --quiet --locked -p book -- {{FOLDER}}
    @echo {{FOLDER}}/index.html

# Refresh golden files: read the diff as code
bless:
    BLESS=1 cargo test --locked -p synth --test fixtures
    BLESS=1 cargo test --locked -p localstack-tests --test applied fixtures::
    BLESS=1 cargo test --locked -p policy --test as_written --test managed_policies --test reports --test registry
    BLESS=1 cargo test --locked -p synth-check --test documents
    BLESS=1 cargo test --locked -p book --test constructs

# Generate the typed bindings and functions from the committed schema and signatures
bindings:
    cargo run --locked -p synth-bindings -- provider synth/aws
    cargo run --locked -p synth-bindings -- functions

# Export the provider's schema and the functions' signatures anew; terraform and the provider are needed
schema:
    .ci/export-schema

# Write a stack file's main.tf.json to standard output
synth STACK="fixtures/action-spec/stack.yaml":
    @cargo run --quiet --locked -p synth -- {{STACK}}

# Check Terraform JSON
policy +PATHS="fixtures/action-spec/main.tf.json":
    @cargo run --quiet --locked -p policy -- check {{PATHS}}

# Write policy's data about AWS anew from the packages in policy/data/packages.toml; npm and pip are needed
policy-data:
    python3 policy/data/refresh.py

# Write the plans that policy's tests read anew; terraform and the provider are needed
plans:
    .ci/plans

# Ask the policy evaluator and the plain model of it about a million random requests, and about differences
policy-agreement REQUESTS="1000000":
    POLICY_REQUESTS={{REQUESTS}} cargo test --release --locked -p policy --test access -- \
        agreement differences_are_found what_is_proven

# Measure the rules about secrets on the labelled cases, and write docs/accuracy.md
policy-accuracy:
    BLESS=1 cargo test --locked -p policy --test accuracy
    cat docs/accuracy.md

# What comparing policies costs, as a table
policy-bench:
    cargo bench --locked -p policy --bench access

# What `policy check` costs, in time and memory, for documents of every form and size
policy-check-bench:
    cargo bench --locked -p policy --bench check

# Give policy's readers and its evaluator random documents, each target for so many seconds; a C++ compiler is needed
policy-fuzz SECONDS="600" *TARGETS:
    .ci/fuzz {{SECONDS}} {{TARGETS}}

# Apply the systems to LocalStack, with terraform's progress shown
localstack *ARGUMENTS:
    cargo test --locked -p localstack-tests --test applied fixtures:: -- --nocapture {{ARGUMENTS}}

# Prove what is proven of each system, and print it as a table
systems:
    .ci/systems

# Make the image of LocalStack where it cannot be pulled; an engine is installed and started if there is none
localstack-image:
    .ci/with-docker localstack-tests/image/build.sh

# Apply a system to LocalStack in Docker, as CI does
localstack-docker:
    .ci/with-docker .ci/docker

# Have terraform validate 1,000 random stacks
random-stacks COUNT="1000":
    SYNTH_STACKS={{COUNT}} cargo test --locked -p localstack-tests --test random_stacks -- --nocapture

# Write the checker's image of the provider's schema anew
schema-image:
    cargo run --locked -p synth-check --example image

# Convert configurations to programs, and compare what terraform plans of both; NAMES as in fixtures/convert, with commas
converted NAMES="":
    SYNTH_CONVERT={{NAMES}} cargo test --locked -p localstack-tests --test convert -- --nocapture

# Ask terraform validate and synth check about 1,000 generated documents
agreement COUNT="1000":
    AGREEMENT_DOCUMENTS={{COUNT}} cargo test --locked -p localstack-tests --test agreement -- --nocapture

# What pictures of 500 boxes cost, as a table
graph-speed:
    cargo run --release --quiet --locked -p synth-graph --example speed

# Draw docs/graph-page.png anew; Chromium is installed if there is none
graph-page:
    cargo build --quiet --locked -p synth
    .ci/with-chromium .ci/graph-page "${CARGO_TARGET_DIR:-target}/debug/synth"

# How long checking 10,000 resources takes
check-speed:
    cargo run --release --locked -p synth-check --example speed

# What the provider that is kept warm saves, as tables
warm-bench ROUNDS="3":
    cargo run --quiet --locked -p localstack-tests --example warm_bench -- {{ROUNDS}}

# What synthesis costs, as a table; with the system's allocator and with mimalloc
bench:
    cargo bench --locked -p synth --bench units --bench units_mimalloc

# Hold dependencies against .ci/deny.toml: licences, sources, versions; cargo-deny is needed
deny:
    cargo deny --offline --config .ci/deny.toml check bans licenses sources

# Hold dependencies against the RustSec database; cargo-deny and the network are needed
advisories:
    cargo deny --config .ci/deny.toml check advisories

# Build every crate from what its package holds
packages:
    .ci/packages
    cargo package --workspace --locked

# Build the commands for release twice, in two folders, and compare
reproducible TARGET="x86_64-unknown-linux-musl" *PACKAGES:
    .ci/reproducible {{TARGET}} {{PACKAGES}}

# Make images of the commands from static binaries in a folder; an engine is installed and started if there is none
images FOLDER:
    .ci/with-docker .ci/images {{FOLDER}}

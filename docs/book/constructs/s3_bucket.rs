use synth::s3::{Bucket, Expiry};
use synth::{Role, Scope};

fn shop(stack: &mut Scope<'_>) {
    let files = Bucket::new("shop-files-111122223333")
        .keep_old_versions(30)
        .expire(Expiry::after_days(7).under("tmp/"));
    let files = stack.add("files", files);
    let worker = stack.add("worker", Role::of_service("shop-worker", "lambda.amazonaws.com"));
    stack.grant_all(files.under("invoices/").grant_read(&worker));
}

use synth::s3::Bucket;
use synth::{Scope, User};

fn shop(stack: &mut Scope<'_>) {
    let backups = stack.add("backups", Bucket::new("shop-backups-111122223333"));
    let user = stack.add("uploader", User::new("shop-uploader"));
    stack.grant_all(backups.under("daily/").grant_write(&user));
}

use synth::Scope;
use synth::kms::{Key, Service};
use synth::s3::Bucket;

fn shop(stack: &mut Scope<'_>) {
    let key =
        stack.add("key", Key::new("shop").description("Encrypts the shop's files").through(Service::S3));
    stack.add("files", Bucket::new("shop-files-111122223333").encrypted_with(key));
}

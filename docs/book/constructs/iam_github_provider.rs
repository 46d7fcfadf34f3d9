use synth::Scope;
use synth::iam::GitHubProvider;

fn shop(stack: &mut Scope<'_>) {
    stack.add("github", GitHubProvider::New);
}

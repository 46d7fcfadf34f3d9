use synth::Scope;
use synth::network::{SecurityGroup, Vpc};

fn shop(stack: &mut Scope<'_>) {
    let vpc = stack.add("network", Vpc::new("shop", "10.0.0.0/16", ["eu-west-1a", "eu-west-1b"]));
    let api = stack.add("api", SecurityGroup::new("shop-api", vpc.id()).all_outbound());
    let database = stack.add("database", SecurityGroup::new("shop-database", vpc.id()).no_outbound());
    stack.add("database_from_api", database.allow_from(api, 5432).description("PostgreSQL from the API"));
}

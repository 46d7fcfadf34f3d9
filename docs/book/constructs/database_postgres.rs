use synth::database::{Availability, Password, Postgres, Storage};
use synth::network::{Placement, SecurityGroup, Vpc};
use synth::{Output, Scope};

fn shop(stack: &mut Scope<'_>) {
    let vpc = stack.add("network", Vpc::new("shop", "10.0.0.0/16", ["eu-west-1a", "eu-west-1b"]));
    let group = stack.add("database_group", SecurityGroup::new("shop-database", vpc.id()).no_outbound());
    let placement = Placement::new(vpc.private_subnets(), [group]);
    let database = Postgres::new("shop", "16.3", placement, Password::kept_by_rds())
        .class("db.t4g.small")
        .availability(Availability::StandbyInAnotherZone)
        .storage(Storage::gigabytes(50).growing_to(200))
        .backups(14, "03:00-04:00");
    let database = stack.add("database", database);
    stack.add("login", Output::of(database.secret_arn()));
}

use synth::ecs::{Cluster, Container, Image, Service, Size, Task};
use synth::network::{Placement, SecurityGroup, Vpc};
use synth::{LogGroup, Scope};

fn shop(stack: &mut Scope<'_>) {
    let vpc = stack.add("network", Vpc::new("shop", "10.0.0.0/16", ["eu-west-1a", "eu-west-1b"]));
    let group = stack.add("tasks", SecurityGroup::new("shop-tasks", vpc.id()).all_outbound());
    let placement = Placement::new(vpc.private_subnets(), [group]);
    let cluster = stack.add("cluster", Cluster::new("shop"));
    let logs = stack.add("logs", LogGroup::new("/ecs/shop", 30));
    let container = Container::new("api", Image::public("public.ecr.aws/nginx/nginx:1.27")).port(80);
    let task = Task::new(Size::new(256, 512), logs, container);
    stack.add("api", Service::new("shop-api", cluster, placement, task).tasks(2));
}

//! Ways that give a service a role, and tell the service what to do with it.

use super::Step::{Do, Pass};
use super::{Way, way};

pub(super) const WAYS: &[Way] = &[
    way(
        &[Pass("lambda.amazonaws.com"), Do("lambda:CreateFunction"), Do("lambda:InvokeFunction")],
        "runs code of its own as any role that Lambda may assume",
        "https://pathfinding.cloud/paths/lambda-001",
    ),
    way(
        &[Pass("lambda.amazonaws.com"), Do("lambda:CreateFunction"), Do("lambda:CreateEventSourceMapping")],
        "runs code of its own as any role that Lambda may assume",
        "https://pathfinding.cloud/paths/lambda-002",
    ),
    way(
        &[Pass("lambda.amazonaws.com"), Do("lambda:CreateFunction"), Do("lambda:AddPermission")],
        "runs code of its own as any role that Lambda may assume",
        "https://pathfinding.cloud/paths/lambda-006",
    ),
    way(
        &[Pass("ec2.amazonaws.com"), Do("ec2:RunInstances")],
        "runs code of its own as any role that an instance may assume",
        "https://pathfinding.cloud/paths/ec2-001",
    ),
    way(
        &[Pass("ec2.amazonaws.com"), Do("ec2:RequestSpotInstances")],
        "runs code of its own as any role that an instance may assume",
        "https://pathfinding.cloud/paths/ec2-003",
    ),
    way(
        &[Pass("ecs-tasks.amazonaws.com"), Do("ecs:RegisterTaskDefinition"), Do("ecs:CreateService")],
        "runs code of its own as any role that a container may assume",
        "https://pathfinding.cloud/paths/ecs-003",
    ),
    way(
        &[Pass("ecs-tasks.amazonaws.com"), Do("ecs:RegisterTaskDefinition"), Do("ecs:RunTask")],
        "runs code of its own as any role that a container may assume",
        "https://pathfinding.cloud/paths/ecs-004",
    ),
    way(
        &[Pass("ecs-tasks.amazonaws.com"), Do("ecs:RegisterTaskDefinition"), Do("ecs:StartTask")],
        "runs code of its own as any role that a container may assume",
        "https://pathfinding.cloud/paths/ecs-005",
    ),
    way(
        &[Pass("cloudformation.amazonaws.com"), Do("cloudformation:CreateStack")],
        "makes resources as any role that CloudFormation may assume",
        "https://pathfinding.cloud/paths/cloudformation-001",
    ),
    way(
        &[
            Pass("cloudformation.amazonaws.com"),
            Do("cloudformation:CreateStackSet"),
            Do("cloudformation:CreateStackInstances"),
        ],
        "makes resources as any role that CloudFormation may assume",
        "https://pathfinding.cloud/paths/cloudformation-003",
    ),
    way(
        &[Pass("cloudformation.amazonaws.com"), Do("cloudformation:UpdateStackSet")],
        "makes resources as any role that CloudFormation may assume",
        "https://pathfinding.cloud/paths/cloudformation-004",
    ),
    way(
        &[Pass("tasks.apprunner.amazonaws.com"), Do("apprunner:CreateService")],
        "runs code of its own as any role that App Runner may assume",
        "https://pathfinding.cloud/paths/apprunner-001",
    ),
    way(
        &[Pass("ecs-tasks.amazonaws.com"), Do("batch:RegisterJobDefinition"), Do("batch:SubmitJob")],
        "runs code of its own as any role that a container may assume",
        "https://pathfinding.cloud/paths/batch-001",
    ),
    way(
        &[
            Pass("bedrock-agentcore.amazonaws.com"),
            Do("bedrock-agentcore:CreateCodeInterpreter"),
            Do("bedrock-agentcore:StartCodeInterpreterSession"),
            Do("bedrock-agentcore:InvokeCodeInterpreter"),
        ],
        "runs code of its own as any role that Bedrock AgentCore may assume",
        "https://pathfinding.cloud/paths/bedrock-001",
    ),
    way(
        &[Pass("braket.amazonaws.com"), Do("braket:CreateJob")],
        "runs code of its own as any role that Braket may assume",
        "https://pathfinding.cloud/paths/braket-001",
    ),
    way(
        &[Pass("codebuild.amazonaws.com"), Do("codebuild:CreateProject"), Do("codebuild:StartBuild")],
        "runs code of its own as any role that CodeBuild may assume",
        "https://pathfinding.cloud/paths/codebuild-001",
    ),
    way(
        &[Pass("codebuild.amazonaws.com"), Do("codebuild:CreateProject"), Do("codebuild:StartBuildBatch")],
        "runs code of its own as any role that CodeBuild may assume",
        "https://pathfinding.cloud/paths/codebuild-004",
    ),
    way(
        &[
            Pass("datapipeline.amazonaws.com"),
            Do("datapipeline:CreatePipeline"),
            Do("datapipeline:PutPipelineDefinition"),
            Do("datapipeline:ActivatePipeline"),
        ],
        "runs code of its own as any role that Data Pipeline may assume",
        "https://pathfinding.cloud/paths/datapipeline-001",
    ),
    way(
        &[Pass("ec2.amazonaws.com"), Do("elasticmapreduce:RunJobFlow")],
        "runs code of its own as any role that an instance may assume",
        "https://pathfinding.cloud/paths/emr-001",
    ),
    way(
        &[
            Pass("emr-serverless.amazonaws.com"),
            Do("emr-serverless:CreateApplication"),
            Do("emr-serverless:StartJobRun"),
        ],
        "runs code of its own as any role that EMR Serverless may assume",
        "https://pathfinding.cloud/paths/emrserverless-001",
    ),
    way(
        &[Pass("gamelift.amazonaws.com"), Do("gamelift:CreateBuild"), Do("gamelift:CreateFleet")],
        "runs code of its own as any role that GameLift may assume",
        "https://pathfinding.cloud/paths/gamelift-001",
    ),
    way(
        &[Pass("glue.amazonaws.com"), Do("glue:CreateDevEndpoint")],
        "runs code of its own as any role that Glue may assume",
        "https://pathfinding.cloud/paths/glue-001",
    ),
    way(
        &[Pass("glue.amazonaws.com"), Do("glue:CreateJob"), Do("glue:StartJobRun")],
        "runs code of its own as any role that Glue may assume",
        "https://pathfinding.cloud/paths/glue-003",
    ),
    way(
        &[Pass("glue.amazonaws.com"), Do("glue:CreateJob"), Do("glue:CreateTrigger")],
        "runs code of its own as any role that Glue may assume",
        "https://pathfinding.cloud/paths/glue-004",
    ),
    way(
        &[Pass("glue.amazonaws.com"), Do("glue:UpdateJob"), Do("glue:StartJobRun")],
        "runs code of its own as any role that Glue may assume",
        "https://pathfinding.cloud/paths/glue-005",
    ),
    way(
        &[Pass("glue.amazonaws.com"), Do("glue:UpdateJob"), Do("glue:CreateTrigger")],
        "runs code of its own as any role that Glue may assume",
        "https://pathfinding.cloud/paths/glue-006",
    ),
    way(
        &[Pass("glue.amazonaws.com"), Do("glue:CreateSession"), Do("glue:RunStatement")],
        "runs code of its own as any role that Glue may assume",
        "https://pathfinding.cloud/paths/glue-007",
    ),
    way(
        &[
            Pass("kinesisanalytics.amazonaws.com"),
            Do("kinesisanalytics:CreateApplication"),
            Do("kinesisanalytics:StartApplication"),
        ],
        "runs code of its own as any role that Managed Service for Apache Flink may assume",
        "https://pathfinding.cloud/paths/kinesisanalytics-001",
    ),
    way(
        &[Pass("omics.amazonaws.com"), Do("omics:CreateWorkflow"), Do("omics:StartRun")],
        "runs code of its own as any role that HealthOmics may assume",
        "https://pathfinding.cloud/paths/omics-001",
    ),
    way(
        &[Pass("sagemaker.amazonaws.com"), Do("sagemaker:CreateNotebookInstance")],
        "runs code of its own as any role that SageMaker may assume",
        "https://pathfinding.cloud/paths/sagemaker-001",
    ),
    way(
        &[Pass("sagemaker.amazonaws.com"), Do("sagemaker:CreateTrainingJob")],
        "runs code of its own as any role that SageMaker may assume",
        "https://pathfinding.cloud/paths/sagemaker-002",
    ),
    way(
        &[Pass("sagemaker.amazonaws.com"), Do("sagemaker:CreateProcessingJob")],
        "runs code of its own as any role that SageMaker may assume",
        "https://pathfinding.cloud/paths/sagemaker-003",
    ),
    way(
        &[Pass("scheduler.amazonaws.com"), Do("scheduler:CreateSchedule")],
        "calls every API as any role that EventBridge Scheduler may assume",
        "https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html",
    ),
    way(
        &[Pass("ssm.amazonaws.com"), Do("ssm:StartAutomationExecution")],
        "calls every API as any role that Systems Manager may assume",
        "https://pathfinding.cloud/paths/ssm-003",
    ),
    way(
        &[Pass("states.amazonaws.com"), Do("states:CreateStateMachine"), Do("states:StartExecution")],
        "calls every API as any role that Step Functions may assume",
        "https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_says_what_it_does_and_as_any_role() {
        for way in WAYS {
            assert!(way.gives.contains(" as any role that "), "{}", way.source);
        }
    }
}

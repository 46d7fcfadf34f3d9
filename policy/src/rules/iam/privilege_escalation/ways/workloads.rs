//! Ways into workloads that are there already, and have roles.

use super::Step::{Do, To};
use super::{Way, way};

pub(super) const WAYS: &[Way] = &[
    way(
        &[To("apprunner:UpdateService", "service")],
        "runs an image of its own as the role of any service",
        "https://pathfinding.cloud/paths/apprunner-002",
    ),
    way(
        &[To("batch:SubmitJob", "job-definition")],
        "runs commands of its own as the role of any job",
        "https://pathfinding.cloud/paths/batch-003",
    ),
    way(
        &[
            To("bedrock-agentcore:StartCodeInterpreterSession", "code-interpreter-custom"),
            To("bedrock-agentcore:InvokeCodeInterpreter", "code-interpreter-custom"),
        ],
        "runs code of its own as the role of any code interpreter",
        "https://pathfinding.cloud/paths/bedrock-002",
    ),
    way(
        &[To("cloudformation:UpdateStack", "stack")],
        "makes resources as the role of any stack",
        "https://pathfinding.cloud/paths/cloudformation-002",
    ),
    way(
        &[To("cloudformation:CreateChangeSet", "stack"), To("cloudformation:ExecuteChangeSet", "stack")],
        "makes resources as the role of any stack",
        "https://pathfinding.cloud/paths/cloudformation-005",
    ),
    way(
        &[To("codebuild:StartBuild", "project")],
        "runs commands of its own as the role of any build project",
        "https://pathfinding.cloud/paths/codebuild-002",
    ),
    way(
        &[To("codebuild:StartBuildBatch", "project")],
        "runs commands of its own as the role of any build project",
        "https://pathfinding.cloud/paths/codebuild-003",
    ),
    way(
        &[To("codedeploy:CreateDeployment", "deploymentgroup")],
        "runs code of its own where any deployment group deploys",
        "https://pathfinding.cloud/paths/codedeploy-001",
    ),
    way(
        &[
            To("ec2:ModifyInstanceAttribute", "instance"),
            To("ec2:StopInstances", "instance"),
            To("ec2:StartInstances", "instance"),
        ],
        "runs user data of its own as the role of any instance",
        "https://pathfinding.cloud/paths/ec2-002",
    ),
    way(
        &[
            To("ec2:CreateLaunchTemplateVersion", "launch-template"),
            To("ec2:ModifyLaunchTemplate", "launch-template"),
        ],
        "runs user data of its own as the role of any launch template",
        "https://pathfinding.cloud/paths/ec2-004",
    ),
    way(
        &[To("ec2-instance-connect:SendSSHPublicKey", "instance")],
        "logs in to any instance and has its role",
        "https://pathfinding.cloud/paths/ec2instanceconnect-003",
    ),
    way(
        &[To("ecs:ExecuteCommand", "task")],
        "runs commands of its own in any task and has its role",
        "https://pathfinding.cloud/paths/ecs-006",
    ),
    way(
        &[To("glue:UpdateDevEndpoint", "devendpoint")],
        "logs in to any development endpoint and has its role",
        "https://pathfinding.cloud/paths/glue-002",
    ),
    way(
        &[To("lambda:UpdateFunctionCode", "function")],
        "runs code of its own as the role of any function",
        "https://pathfinding.cloud/paths/lambda-003",
    ),
    way(
        &[To("sagemaker:CreatePresignedNotebookInstanceUrl", "notebook-instance")],
        "opens any notebook and has its role",
        "https://pathfinding.cloud/paths/sagemaker-004",
    ),
    way(
        &[
            Do("sagemaker:CreateNotebookInstanceLifecycleConfig"),
            To("sagemaker:StopNotebookInstance", "notebook-instance"),
            To("sagemaker:UpdateNotebookInstance", "notebook-instance"),
            To("sagemaker:StartNotebookInstance", "notebook-instance"),
        ],
        "runs commands of its own as the role of any notebook",
        "https://pathfinding.cloud/paths/sagemaker-005",
    ),
    way(
        &[To("ssm:SendCommand", "instance")],
        "runs commands of its own as the role of any instance",
        "https://pathfinding.cloud/paths/ssm-002",
    ),
    way(
        &[To("ssm:StartSession", "instance")],
        "logs in to any instance and has its role",
        "https://pathfinding.cloud/paths/ssm-001",
    ),
];

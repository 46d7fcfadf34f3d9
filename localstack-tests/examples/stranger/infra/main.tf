terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "retention" {
  type    = number
  default = 7
}

provider "aws" {
  region = "eu-central-1"
}

resource "aws_cloudwatch_log_group" "orders" {
  name              = "/stranger/orders"
  retention_in_days = var.retention
}

output "group" {
  value = aws_cloudwatch_log_group.orders.name
}

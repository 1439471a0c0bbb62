# Every IAM resource that Terraform can make here. Nothing names Pergola: the environment says where the API is.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

provider "aws" {}

# "one" and "two" differ in what can be changed in place, and in the name of a group.
variable "stage" {
  type    = string
  default = "one"
}

locals {
  changed = var.stage == "two"
}

data "aws_caller_identity" "self" {}
data "aws_partition" "self" {}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole", "sts:TagSession"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.self.account_id}:root", aws_iam_user.deployer.arn]
    }
  }
}

data "aws_iam_policy_document" "invoke" {
  statement {
    actions   = ["vpc-lattice-svcs:Invoke"]
    resources = [local.changed ? "arn:aws:vpc-lattice:*:*:service/*" : "*"]
  }
}

resource "aws_iam_user" "deployer" {
  name          = "deployer"
  path          = "/team/"
  force_destroy = true
  tags          = { stage = var.stage }
}

resource "aws_iam_access_key" "deployer" {
  user   = aws_iam_user.deployer.name
  status = local.changed ? "Inactive" : "Active"
}

resource "aws_iam_user_policy" "deployer" {
  name   = "invoke"
  user   = aws_iam_user.deployer.name
  policy = data.aws_iam_policy_document.invoke.json
}

resource "aws_iam_user_policy_attachment" "deployer" {
  user       = aws_iam_user.deployer.name
  policy_arn = "arn:aws:iam::aws:policy/VPCLatticeReadOnlyAccess"
}

resource "aws_iam_group" "developers" {
  name = local.changed ? "engineers" : "developers"
}

resource "aws_iam_group_membership" "developers" {
  name  = "members"
  group = aws_iam_group.developers.name
  users = [aws_iam_user.deployer.name]
}

resource "aws_iam_group_policy" "developers" {
  group  = aws_iam_group.developers.name
  name   = "invoke"
  policy = data.aws_iam_policy_document.invoke.json
}

resource "aws_iam_group_policy_attachment" "developers" {
  group      = aws_iam_group.developers.name
  policy_arn = aws_iam_policy.invoke.arn
}

resource "aws_iam_policy" "invoke" {
  name        = "invoke"
  path        = "/app/"
  description = "lets callers in"
  policy      = data.aws_iam_policy_document.invoke.json
  tags        = { stage = var.stage }
}

resource "aws_iam_role" "caller" {
  name                 = "caller"
  description          = "stage ${var.stage}"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  max_session_duration = local.changed ? 7200 : 3600
  permissions_boundary = local.changed ? aws_iam_policy.invoke.arn : null
  tags                 = { stage = var.stage }
}

resource "aws_iam_role_policy" "caller" {
  name   = "invoke"
  role   = aws_iam_role.caller.id
  policy = data.aws_iam_policy_document.invoke.json
}

resource "aws_iam_role_policy_attachment" "caller" {
  role       = aws_iam_role.caller.name
  policy_arn = aws_iam_policy.invoke.arn
}

resource "aws_iam_openid_connect_provider" "cluster" {
  url             = "https://oidc.example.com/id/cluster"
  client_id_list  = local.changed ? ["sts.amazonaws.com", "other"] : ["sts.amazonaws.com"]
  thumbprint_list = ["990f4193972f2becf12ddeda5237f9c952f20d9e"]
  tags            = { stage = var.stage }
}

resource "aws_iam_role" "workload" {
  name = "workload"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = aws_iam_openid_connect_provider.cluster.arn }
      Condition = { StringEquals = { "oidc.example.com/id/cluster:sub" = "system:serviceaccount:shop:cart" } }
    }]
  })
}

resource "aws_iam_policy_attachment" "everywhere" {
  name       = "everywhere"
  roles      = [aws_iam_role.workload.name]
  policy_arn = "arn:aws:iam::aws:policy/VPCLatticeServicesInvokeAccess"
}

data "aws_iam_role" "caller" {
  name = aws_iam_role.caller.name
}

data "aws_iam_user" "deployer" {
  user_name = aws_iam_user.deployer.name
}

data "aws_iam_policy" "full" {
  name = "VPCLatticeFullAccess"
}

output "facts" {
  value = {
    role   = data.aws_iam_role.caller.arn
    user   = data.aws_iam_user.deployer.arn
    policy = data.aws_iam_policy.full.arn
  }
}

# Every vpclattice resource that Pergola has so far, with the EC2 resources beside it.
# Nothing here names Pergola: the environment of `pergola env` says where the API is.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

provider "aws" {}

# "one" and "two" differ in everything that can be changed in place.
variable "stage" {
  type    = string
  default = "one"
}

locals {
  changed = var.stage == "two"
  tags    = local.changed ? { stage = "two", extra = "yes" } : { stage = "one" }
}

resource "aws_vpc" "shop" {
  cidr_block = "10.0.0.0/16"
  tags       = { Name = "shop" }
}

resource "aws_subnet" "shop" {
  vpc_id     = aws_vpc.shop.id
  cidr_block = "10.0.1.0/24"
  tags       = local.tags
}

resource "aws_security_group" "clients" {
  name        = "clients"
  description = "who may reach the network"
  vpc_id      = aws_vpc.shop.id

  ingress {
    from_port   = 80
    to_port     = 80
    protocol    = "tcp"
    cidr_blocks = ["10.0.0.0/16"]
  }

  egress {
    from_port   = 0
    to_port     = 0
    protocol    = "-1"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

resource "aws_security_group" "more" {
  name   = "more"
  vpc_id = aws_vpc.shop.id
}

resource "aws_vpc_security_group_ingress_rule" "more" {
  security_group_id = aws_security_group.more.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
  cidr_ipv4         = "10.0.0.0/16"
}

resource "aws_network_acl" "shop" {
  vpc_id     = aws_vpc.shop.id
  subnet_ids = [aws_subnet.shop.id]
  tags       = local.tags

  egress {
    rule_no    = 100
    protocol   = "tcp"
    action     = "allow"
    cidr_block = local.changed ? "0.0.0.0/0" : "169.254.171.0/24"
    from_port  = 80
    to_port    = 443
  }
}

resource "aws_network_acl_rule" "answers" {
  network_acl_id = aws_network_acl.answers.id
  rule_number    = 200
  egress         = false
  protocol       = "tcp"
  rule_action    = "allow"
  cidr_block     = "169.254.171.0/24"
  from_port      = 1025
  to_port        = 65535
}

resource "aws_network_acl" "answers" {
  vpc_id = aws_vpc.shop.id
}

resource "aws_network_interface" "client" {
  subnet_id       = aws_subnet.shop.id
  private_ips     = ["10.0.1.77"]
  security_groups = [local.changed ? aws_security_group.clients.id : aws_security_group.more.id]
  tags            = local.tags
}

resource "aws_vpclattice_service_network" "shop" {
  name      = "shop"
  auth_type = local.changed ? "AWS_IAM" : "NONE"
  tags      = local.tags
}

resource "aws_vpclattice_service" "orders" {
  name      = "orders"
  auth_type = "AWS_IAM"
  tags      = local.tags
}

resource "aws_vpclattice_target_group" "ip" {
  name = "orders-ip"
  type = "IP"

  config {
    port           = 8080
    protocol       = "HTTP"
    vpc_identifier = aws_vpc.shop.id

    health_check {
      path                          = local.changed ? "/ready" : "/health"
      health_check_interval_seconds = 5
      health_check_timeout_seconds  = 3
      healthy_threshold_count       = 2
      unhealthy_threshold_count     = 2
      matcher {
        value = "200-299"
      }
    }
  }

  tags = local.tags
}

resource "aws_vpclattice_target_group" "instance" {
  name = "orders-instance"
  type = "INSTANCE"

  config {
    port             = 80
    protocol         = "HTTP"
    protocol_version = "HTTP1"
    vpc_identifier   = aws_vpc.shop.id

    health_check {
      enabled = false
    }
  }
}

resource "aws_vpclattice_target_group" "lambda" {
  name = "orders-lambda"
  type = "LAMBDA"
}

resource "aws_vpclattice_target_group_attachment" "ip" {
  target_group_identifier = aws_vpclattice_target_group.ip.id

  target {
    id   = "10.0.1.11"
    port = 8080
  }
}

resource "aws_vpclattice_target_group_attachment" "default_port" {
  target_group_identifier = aws_vpclattice_target_group.ip.id

  target {
    id = "10.0.1.12"
  }
}

resource "aws_vpclattice_target_group_attachment" "instance" {
  target_group_identifier = aws_vpclattice_target_group.instance.id

  target {
    id   = "i-0123456789abcdef0"
    port = 80
  }
}

resource "aws_vpclattice_listener" "http" {
  name               = "http"
  protocol           = "HTTP"
  service_identifier = aws_vpclattice_service.orders.id

  default_action {
    forward {
      target_groups {
        target_group_identifier = aws_vpclattice_target_group.ip.id
        weight                  = local.changed ? 50 : 90
      }
      target_groups {
        target_group_identifier = aws_vpclattice_target_group.instance.id
        weight                  = local.changed ? 50 : 10
      }
    }
  }

  tags = local.tags
}

resource "aws_vpclattice_listener" "other" {
  name        = "other"
  protocol    = "HTTP"
  port        = 8080
  service_arn = aws_vpclattice_service.orders.arn

  default_action {
    fixed_response {
      status_code = 404
    }
  }
}

resource "aws_vpclattice_listener_rule" "path" {
  name                = "path"
  listener_identifier = aws_vpclattice_listener.http.listener_id
  service_identifier  = aws_vpclattice_service.orders.id
  priority            = 10

  match {
    http_match {
      path_match {
        case_sensitive = true
        match {
          prefix = local.changed ? "/api/" : "/v1/"
        }
      }
    }
  }

  action {
    forward {
      target_groups {
        target_group_identifier = aws_vpclattice_target_group.ip.id
      }
    }
  }

  tags = local.tags
}

resource "aws_vpclattice_listener_rule" "header" {
  name                = "header"
  listener_identifier = aws_vpclattice_listener.http.listener_id
  service_identifier  = aws_vpclattice_service.orders.id
  priority            = 20

  match {
    http_match {
      method = "GET"
      header_matches {
        name           = "x-beta"
        case_sensitive = false
        match {
          exact = "true"
        }
      }
    }
  }

  action {
    fixed_response {
      status_code = 404
    }
  }
}

resource "aws_vpclattice_service_network_service_association" "orders" {
  service_identifier         = aws_vpclattice_service.orders.id
  service_network_identifier = aws_vpclattice_service_network.shop.id
  tags                       = local.tags
}

resource "aws_vpclattice_service_network_vpc_association" "shop" {
  vpc_identifier             = aws_vpc.shop.id
  service_network_identifier = aws_vpclattice_service_network.shop.id
  security_group_ids = local.changed ? [
    aws_security_group.more.id, aws_security_group.clients.id
  ] : [aws_security_group.clients.id]
  tags = local.tags
}

resource "aws_vpclattice_auth_policy" "orders" {
  resource_identifier = aws_vpclattice_service.orders.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*"
      Action    = "vpc-lattice-svcs:Invoke"
      Resource  = "*"
      Condition = local.changed ? { StringEquals = { "vpc-lattice-svcs:RequestMethod" = "GET" } } : {
        StringNotEqualsIgnoreCase = { "aws:PrincipalType" = "anonymous" }
      }
    }]
  })
}

resource "aws_vpclattice_resource_policy" "shop" {
  resource_arn = aws_vpclattice_service_network.shop.arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = local.changed ? "changed" : "first"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::210987654321:root" }
      Action = [
        "vpc-lattice:CreateServiceNetworkVpcAssociation",
        "vpc-lattice:CreateServiceNetworkServiceAssociation",
        "vpc-lattice:GetServiceNetwork",
      ]
      Resource = aws_vpclattice_service_network.shop.arn
    }]
  })
}

resource "aws_vpclattice_access_log_subscription" "shop" {
  resource_identifier = aws_vpclattice_service_network.shop.id
  destination_arn     = "arn:aws:logs:us-west-2:123456789012:log-group:/pergola/shop:*"
  tags                = local.tags
}

data "aws_caller_identity" "me" {}

data "aws_vpclattice_service" "by_name" {
  name       = aws_vpclattice_service.orders.name
  depends_on = [aws_vpclattice_service_network_service_association.orders]
}

data "aws_vpclattice_service_network" "by_id" {
  service_network_identifier = aws_vpclattice_service_network.shop.id
}

data "aws_vpclattice_listener" "http" {
  service_identifier  = aws_vpclattice_service.orders.id
  listener_identifier = aws_vpclattice_listener.http.listener_id
}

data "aws_vpclattice_auth_policy" "orders" {
  resource_identifier = aws_vpclattice_auth_policy.orders.resource_identifier
}

data "aws_vpclattice_resource_policy" "shop" {
  resource_arn = aws_vpclattice_resource_policy.shop.resource_arn
}

output "facts" {
  value = {
    account        = data.aws_caller_identity.me.account_id
    service        = data.aws_vpclattice_service.by_name.id
    network        = data.aws_vpclattice_service_network.by_id.arn
    listener_port  = data.aws_vpclattice_listener.http.port
    default_port   = aws_vpclattice_target_group_attachment.default_port.target[0].port
    has_policies   = data.aws_vpclattice_auth_policy.orders.policy != "" && data.aws_vpclattice_resource_policy.shop.policy != ""
    health_path    = aws_vpclattice_target_group.ip.config[0].health_check[0].path
    service_domain = aws_vpclattice_service.orders.dns_entry[0].domain_name
  }
}

# Instances as Terraform makes them: in a subnet, with an address of their own or a chosen one, as
# targets of a target group of type INSTANCE.

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

data "aws_ami" "any" {
  owners      = ["amazon"]
  most_recent = true
}

resource "aws_vpc" "shop" {
  cidr_block                       = "10.0.0.0/16"
  assign_generated_ipv6_cidr_block = true
}

resource "aws_subnet" "shop" {
  vpc_id          = aws_vpc.shop.id
  cidr_block      = "10.0.1.0/24"
  ipv6_cidr_block = cidrsubnet(aws_vpc.shop.ipv6_cidr_block, 8, 0)
}

resource "aws_subnet" "six" {
  vpc_id                          = aws_vpc.shop.id
  ipv6_native                     = true
  ipv6_cidr_block                 = cidrsubnet(aws_vpc.shop.ipv6_cidr_block, 8, 1)
  assign_ipv6_address_on_creation = true
}

resource "aws_security_group" "web" {
  name   = "web"
  vpc_id = aws_vpc.shop.id
}

resource "aws_instance" "web" {
  ami                     = data.aws_ami.any.id
  instance_type           = "t3.micro"
  subnet_id               = aws_subnet.shop.id
  private_ip              = "10.0.1.20"
  vpc_security_group_ids  = var.stage == "two" ? [aws_security_group.web.id] : [aws_vpc.shop.default_security_group_id]
  disable_api_termination = false
  source_dest_check       = var.stage == "one"
  user_data               = "#!/bin/sh"
  tags                    = { Name = "web-${var.stage}" }

  metadata_options {
    http_endpoint = "enabled"
    http_tokens   = var.stage == "one" ? "optional" : "required"
  }
}

resource "aws_instance" "more" {
  count              = 2
  ami                = "ami-0123456789abcdef0"
  instance_type      = "m5.large"
  subnet_id          = aws_subnet.shop.id
  ipv6_address_count = 1
}

resource "aws_instance" "six" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "x99.newer-than-we"
  subnet_id     = aws_subnet.six.id
}

data "aws_network_interface" "web" {
  id = aws_instance.web.primary_network_interface_id
}

resource "aws_vpclattice_target_group" "web" {
  name = "web"
  type = "INSTANCE"
  config {
    port           = 8080
    protocol       = "HTTP"
    vpc_identifier = aws_vpc.shop.id
  }
}

resource "aws_vpclattice_target_group_attachment" "web" {
  target_group_identifier = aws_vpclattice_target_group.web.id
  target {
    id   = aws_instance.web.id
    port = 8080
  }
}

output "facts" {
  value = {
    address   = aws_instance.web.private_ip
    name      = aws_instance.web.private_dns
    state     = aws_instance.web.instance_state
    interface = data.aws_network_interface.web.private_ip
    more      = aws_instance.more[*].private_ip
    six       = length(aws_instance.more[0].ipv6_addresses)
    only_six  = [aws_instance.six.private_ip, length(aws_instance.six.ipv6_addresses)]
  }
}

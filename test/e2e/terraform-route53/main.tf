# Private hosted zones with records of every kind, one that is associated with a second VPC, and aliases that
# lead to a service.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

provider "aws" {}

# "two" changes values, comment and tags in place.
variable "stage" {
  type    = string
  default = "one"
}

resource "aws_vpc" "clients" {
  count      = 2
  cidr_block = "10.0.0.0/16"
}

resource "aws_vpclattice_service" "shop" {
  name               = "shop"
  custom_domain_name = "shop.example"
}

resource "aws_route53_zone" "shop" {
  name    = "shop.example"
  comment = "stage ${var.stage}"
  tags    = { stage = var.stage }

  vpc {
    vpc_id = aws_vpc.clients[0].id
  }

  # The association below is a resource of its own.
  lifecycle {
    ignore_changes = [vpc]
  }
}

resource "aws_route53_zone_association" "second" {
  zone_id = aws_route53_zone.shop.zone_id
  vpc_id  = aws_vpc.clients[1].id
}

resource "aws_route53_record" "apex" {
  for_each = toset(["A", "AAAA"])
  zone_id  = aws_route53_zone.shop.zone_id
  name     = "shop.example"
  type     = each.key

  alias {
    name                   = aws_vpclattice_service.shop.dns_entry[0].domain_name
    zone_id                = aws_vpclattice_service.shop.dns_entry[0].hosted_zone_id
    evaluate_target_health = false
  }
}

resource "aws_route53_record" "www" {
  zone_id = aws_route53_zone.shop.zone_id
  name    = "www"
  type    = "CNAME"
  ttl     = 60
  records = [aws_vpclattice_service.shop.dns_entry[0].domain_name]
}

resource "aws_route53_record" "wildcard" {
  zone_id = aws_route53_zone.shop.zone_id
  name    = "*.dev.shop.example"
  type    = "A"
  ttl     = var.stage == "two" ? 30 : 60
  records = var.stage == "two" ? ["10.0.0.3"] : ["10.0.0.1", "10.0.0.2"]
}

resource "aws_route53_record" "text" {
  zone_id = aws_route53_zone.shop.zone_id
  name    = "text.shop.example"
  type    = "TXT"
  ttl     = 60
  records = ["stage ${var.stage}", "with \\\"quotes\\\""]
}

data "aws_route53_zone" "shop" {
  zone_id      = aws_route53_zone.shop.zone_id
  private_zone = true
}

output "facts" {
  value = {
    found        = data.aws_route53_zone.shop.name
    name_servers = length(aws_route53_zone.shop.name_servers)
    www          = aws_route53_record.www.fqdn
  }
}

# A certificate that is imported, one that is requested, and a service for HTTPS that has one of them.
# The two certificates were made with OpenSSL for this test, in the same second: the provider takes another
# end for a change that nobody asked for. No machine uses their keys.

terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

provider "aws" {}

# "two" imports another certificate in the place of the first, and the service takes the one that was requested.
variable "stage" {
  type    = string
  default = "one"
}

resource "aws_acm_certificate" "imported" {
  certificate_body = file("${path.module}/${var.stage}.cert.pem")
  private_key      = file("${path.module}/${var.stage}.key.pem")
  tags             = { stage = var.stage }
}

resource "aws_acm_certificate" "requested" {
  domain_name               = "shop.example"
  subject_alternative_names = ["*.shop.example"]
  validation_method         = "DNS"

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_acm_certificate_validation" "requested" {
  certificate_arn         = aws_acm_certificate.requested.arn
  validation_record_fqdns = [for option in aws_acm_certificate.requested.domain_validation_options : option.resource_record_name]
}

resource "aws_vpclattice_service" "shop" {
  name               = "shop"
  custom_domain_name = "orders.shop.example"
  certificate_arn    = var.stage == "two" ? aws_acm_certificate_validation.requested.certificate_arn : aws_acm_certificate.imported.arn
}

resource "aws_vpclattice_listener" "https" {
  name               = "https"
  protocol           = "HTTPS"
  service_identifier = aws_vpclattice_service.shop.id

  default_action {
    fixed_response {
      status_code = 404
    }
  }
}

data "aws_acm_certificate" "found" {
  domain      = "shop.example"
  statuses    = ["ISSUED"]
  types       = ["AMAZON_ISSUED"]
  most_recent = true
  depends_on  = [aws_acm_certificate_validation.requested]
}

output "facts" {
  value = {
    imported_status = aws_acm_certificate.imported.status
    imported_type   = aws_acm_certificate.imported.type
    names           = sort(aws_acm_certificate.imported.subject_alternative_names)
    record_type     = tolist(aws_acm_certificate.requested.domain_validation_options)[0].resource_record_type
    found           = data.aws_acm_certificate.found.arn == aws_acm_certificate.requested.arn
    port            = aws_vpclattice_listener.https.port
  }
}

//! The storage port on Amazon DynamoDB: one partition for each member, so that one transaction covers their time.

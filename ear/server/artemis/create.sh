#!/bin/sh
# Makes an ActiveMQ Artemis broker that Errand's nodes share, from a stock download.
#
#   ERRAND_BROKER_PASSWORD=… ./create.sh /opt/artemis /var/lib/errand-broker [host [port]]
#
# ARTEMIS_HOME, the folder of the broker, which must not be there, and where it listens: by default 0.0.0.0 and 61616, for
# Artemis's own protocol alone. No console. Start it with /var/lib/errand-broker/bin/artemis run
set -eu
artemis=$1
broker=$2
: "${ERRAND_BROKER_PASSWORD:?is not set}"

"$artemis/bin/artemis" create --silent --name errand --user errand --password "$ERRAND_BROKER_PASSWORD" --require-login \
    --host "${3:-0.0.0.0}" --default-port "${4:-61616}" --no-web --no-autotune \
    --no-amqp-acceptor --no-hornetq-acceptor --no-mqtt-acceptor --no-stomp-acceptor "$broker"

# A message is a wake-up: the task is in the database. To deliver it again brings nothing. What has expired is worthless,
# and where it goes nobody takes it away: it keeps a megabyte of that.
awk '
    /<address-setting match="#">/ {
        print "         <address-setting match=\"jms.queue.ErrandTasks\">"
        print "            <max-delivery-attempts>1</max-delivery-attempts>"
        print "            <dead-letter-address>ExpiryQueue</dead-letter-address>"
        print "            <expiry-address>ExpiryQueue</expiry-address>"
        print "         </address-setting>"
        print "         <address-setting match=\"ExpiryQueue\">"
        print "            <max-size-bytes>1048576</max-size-bytes>"
        print "            <address-full-policy>DROP</address-full-policy>"
        print "         </address-setting>"
    }
    /<acceptor name="artemis">/ { sub(/protocols=[A-Z,]*/, "protocols=CORE") }
    { print }
' "$broker/etc/broker.xml" > "$broker/etc/broker.xml.new"
mv "$broker/etc/broker.xml.new" "$broker/etc/broker.xml"
